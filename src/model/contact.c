#include "model/contact.h"

const struct contact_field contact_fields[CONTACT_TEXTS] = {
    [CONTACT_NAME] = {"name", IN_CONTACT},
    [CONTACT_EMAIL] = {"email", IN_CONTACT},
    [CONTACT_PHONE_NUMBER] = {"phone_number", IN_CONTACT},
    [CONTACT_IDENTIFIER] = {"identifier", IN_CONTACT},
    [CONTACT_THUMBNAIL] = {"thumbnail", IN_CONTACT},
    [CONTACT_AVAILABILITY_STATUS] = {"availability_status", IN_CONTACT},
    [CONTACT_CITY] = {"city", IN_ADDITIONAL_ATTRIBUTES},
    [CONTACT_COUNTRY] = {"country", IN_ADDITIONAL_ATTRIBUTES},
    [CONTACT_COUNTRY_CODE] = {"country_code", IN_ADDITIONAL_ATTRIBUTES},
    [CONTACT_COMPANY_NAME] = {"company_name", IN_ADDITIONAL_ATTRIBUTES},
    [CONTACT_TELEGRAM] = {"telegram", IN_ADDITIONAL_ATTRIBUTES},
    [CONTACT_DESCRIPTION] = {"description", IN_ADDITIONAL_ATTRIBUTES},
    [CONTACT_GITHUB] = {"github", IN_SOCIAL_PROFILES},
    [CONTACT_TWITTER] = {"twitter", IN_SOCIAL_PROFILES},
    [CONTACT_FACEBOOK] = {"facebook", IN_SOCIAL_PROFILES},
    [CONTACT_LINKEDIN] = {"linkedin", IN_SOCIAL_PROFILES},
    [CONTACT_INSTAGRAM] = {"instagram", IN_SOCIAL_PROFILES},
};
