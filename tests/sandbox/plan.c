#include "plan.h"

struct buffer *plan_replace(struct plan *plan, unsigned status, const char *content_type)
{
    plan->is_replaced = true;
    plan->status = status;
    plan->content_type = content_type;
    plan->has_variables = false;
    plan->header_count = 0;
    plan->has_retry_after = false;
    buffer_clear(&plan->body);
    return &plan->body;
}

void plan_add_header(struct plan *plan, const char *name, const char *value)
{
    if (plan->header_count < PLAN_HEADERS_MAX)
        plan->headers[plan->header_count++] = (struct plan_header){name, value};
}

void plan_refuse(struct plan *plan, unsigned status, const char *reason)
{
    respond_error(reason, plan_replace(plan, status, NULL));
}

void plan_free(struct plan *plan)
{
    buffer_free(&plan->body);
    *plan = (struct plan){0};
}
