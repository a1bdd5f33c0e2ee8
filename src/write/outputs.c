#include "write/outputs.h"

#include "tally/counting.h"
#include "write/writer.h"

static bool cannot_write(const struct report *report, struct error *error)
{
    return error_at(error, "%s", outdir_target(report->outdir));
}

bool outputs_make(unsigned outputs, struct report *report, const struct snapshot *snapshot,
                  const struct order *order, const struct activity_bounds *bounds,
                  struct error *error)
{
    struct counting *counting;
    struct writing *writing = NULL;
    if (!counting_begin(&counting, snapshot, report->as_of, bounds, error))
        return false;
    bool written = writers_begin(&writing, outputs, report, snapshot, order, NULL, error) ||
                   cannot_write(report, error);
    if (!counting_end(counting, &report->tally, error)) {
        writers_discard(writing);
        return error_at(error, "%s", report->origin);
    }
    return written && (writers_end(writing, error) || cannot_write(report, error));
}
