/** Set in the process that is asked for the configuration of the service. */
export const ASKED_FOR_SERVICE = "ASKED_FOR_SERVICE";
