/* Starts that are evenly spaced. Pure. */
#ifndef ROLLCALL_START_SPACING_H
#define ROLLCALL_START_SPACING_H

#include <stdint.h>

struct start_spacing {
    int64_t interval_us; /* 0: they are not */
    int64_t due_us;      /* the next may not start before */
};

/* A request starts. Of the time that it is late, `slack_us` are made up for. */
static inline void start_spacing_use(struct start_spacing *spacing, int64_t now_us,
                                     int64_t slack_us)
{
    int64_t earliest_us = now_us - slack_us;
    spacing->due_us =
        (spacing->due_us > earliest_us ? spacing->due_us : earliest_us) + spacing->interval_us;
}

#endif
