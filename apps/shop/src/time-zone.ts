/** Where it is midnight when a day of the shop begins. @module */

/** Of dates on pages, daily reports and schedules. No setting: reports of before and after a change can't be compared. */
export const shopTimeZone = 'UTC'
