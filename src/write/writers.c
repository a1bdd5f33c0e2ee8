#include "write/writer.h"

/* The workbook comes first: what it has to warn of is shown by those behind it. */
const struct writer *const writers[] = {
    &workbook_writer, &contacts_csv_writer, &tallies_csv_writer,
    &page_writer,     &summary_json_writer, NULL,
};
