#include "model/contact.h"

const char *const contact_text_names[CONTACT_TEXTS] = {
    [CONTACT_NAME] = "name",
    [CONTACT_EMAIL] = "email",
    [CONTACT_PHONE_NUMBER] = "phone_number",
    [CONTACT_IDENTIFIER] = "identifier",
    [CONTACT_THUMBNAIL] = "thumbnail",
    [CONTACT_AVAILABILITY_STATUS] = "availability_status",
    [CONTACT_CITY] = "city",
    [CONTACT_COUNTRY] = "country",
    [CONTACT_COUNTRY_CODE] = "country_code",
    [CONTACT_COMPANY_NAME] = "company_name",
    [CONTACT_TELEGRAM] = "telegram",
    [CONTACT_DESCRIPTION] = "description",
    [CONTACT_GITHUB] = "github",
    [CONTACT_TWITTER] = "twitter",
    [CONTACT_FACEBOOK] = "facebook",
    [CONTACT_LINKEDIN] = "linkedin",
    [CONTACT_INSTAGRAM] = "instagram",
};
