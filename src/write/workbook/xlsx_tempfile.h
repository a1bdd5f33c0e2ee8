/* libxlsxwriter's temporary files, watched: the library never looks whether what it writes to them
   got there, so that a full disk would make a workbook with rows missing. This program defines the
   function that it opens them with. */
#ifndef ROLLCALL_XLSX_TEMPFILE_H
#define ROLLCALL_XLSX_TEMPFILE_H

/* errno of the first write to a temporary file that failed since the last call, or 0. */
int xlsx_tempfile_take_failure(void);

#endif
