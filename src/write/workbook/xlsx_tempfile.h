/* Watches libxlsxwriter's temporary files. The library never checks its writes to them, so a full
   disk would make a workbook with missing rows. This program therefore defines the function that
   opens them. */
#ifndef ROLLCALL_XLSX_TEMPFILE_H
#define ROLLCALL_XLSX_TEMPFILE_H

/* errno of the first write to a temporary file that failed since the last call, or 0. */
int xlsx_tempfile_take_failure(void);

#endif
