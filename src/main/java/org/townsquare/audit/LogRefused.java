package org.townsquare.audit;

/** The log is not signed as it is. */
final class LogRefused extends RuntimeException {
    private final LogAlarm alarm;

    LogRefused(LogAlarm alarm, String why) {
        super(why);
        this.alarm = alarm;
    }

    LogAlarm alarm() {
        return alarm;
    }
}
