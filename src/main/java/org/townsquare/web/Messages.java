package org.townsquare.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages, in English; those of other languages stand in messages/. */
@MessageBundle
public interface Messages {
    @Message("EEEE, d MMMM uuuu, HH:mm")
    String dayAndTime();

    @Message("Check in")
    String checkIn();

    @Message("Check in to an event")
    String checkInTitle();

    @Message("Code of the event")
    String codeLabel();

    @Message("8 letters and digits, as they are shown at the event. Case, spaces and dashes do not matter.")
    String codeHint();

    @Message("Continue")
    String proceed();

    @Message("Community")
    String community();

    @Message("Place")
    String place();

    @Message("Begins")
    String begins();

    @Message("You are checked in. It was {at}.")
    String checkedIn(String at);

    @Message("You were checked in already, on {at}. All is well.")
    String checkedInAlready(String at);

    @Message("Receipt")
    String receipt();

    @Message("You check in without a name.")
    String asNobody();

    @Message("Sign in to check in by name")
    String signInFirst();

    @Message("You are signed in and check in by name.")
    String byName();

    @Message("Check-in is not open yet: it opens on {at}. Come back then.")
    String checkInOpensAt(String at);

    @Message("Check-in is not open yet. Come back later.")
    String checkInNotOpenYet();

    @Message("Check-in is closed. Ask the organisers of the event.")
    String checkInClosed();

    @Message("This event was cancelled. Ask its organisers.")
    String eventCancelled();

    @Message("Every place is taken. Ask the organisers whether one becomes free.")
    String eventFull();

    @Message(
            "No event has this code. Compare it with the one that is shown, or scan again. Where only members may come, sign in first.")
    String codeUnknown();

    @Message("The event has a new code. Scan the one that is shown now.")
    String codeReplaced();

    @Message("The organisers took your check-in back. Ask them.")
    String checkInVoided();

    @Message("Sign in, then try again.")
    String signInRequired();

    @Message("This is for members of the community alone. Join it first.")
    String membersOnly();

    @Message("Your roles do not allow this. Ask an ADMIN of the community.")
    String notAllowed();

    @Message("Your membership is suspended: you may read, but not do this.")
    String membershipSuspended();

    @Message("This community is suspended: nothing in it can be changed.")
    String communitySuspended();

    @Message("There is no such page, or it is not for you. Check the address, or sign in.")
    String notFound();

    @Message("This came from another site. Do it on our own pages: scan the code or type its address.")
    String crossSite();

    @Message("The e-mail or the password is wrong. Try again.")
    String credentialsInvalid();

    @Message("You tried too often. Wait a little, then try again.")
    String tooManyTries();

    @Message("Too much to do right now. Try again in a moment.")
    String busy();

    @Message("Something broke on our side. Try again later.")
    String defect();

    @Message("This is not possible. Go back and look again.")
    String refused();

    @Message("Only a closed event is reopened.")
    String eventNotClosed();

    @Message("Give a closing time in the future.")
    String closesAtInThePast();

    @Message("Check-in has to open before it closes.")
    String checkInWindowEmpty();

    @Message("There is no such time zone. Write it like Europe/Berlin.")
    String timeZoneUnknown();

    @Message("Times lie in the years 1970 to 9998.")
    String timeOutOfRange();

    @Message("A time is written like 2026-11-20T19:30.")
    String timeMalformed();

    @Message("A number is written in digits alone.")
    String numberMalformed();

    @Message("Some fields are not right yet.")
    String fieldsWrong();

    @Message("Unknown code")
    String unknownCodeTitle();

    @Message("Just a moment")
    String momentTitle();

    @Message("Not found")
    String notFoundTitle();

    @Message("Not possible")
    String refusedTitle();

    @Message("Try another code")
    String otherCode();

    @Message("Try again")
    String tryAgain();

    @Message("Sign in")
    String signIn();

    @Message("Sign out")
    String signOut();

    @Message("You are signed in.")
    String signedIn();

    @Message("E-mail")
    String email();

    @Message("Password")
    String password();

    @Message("Organise")
    String organise();

    @Message("Your communities")
    String yourCommunities();

    @Message("There is no community where you organise events. An ADMIN can give you the role ORGANIZER.")
    String noCommunities();

    @Message("Next page")
    String nextPage();

    @Message("Pages")
    String pages();

    @Message("Groups of events")
    String groups();

    @Message("No groups yet.")
    String noGroups();

    @Message("New group")
    String newGroup();

    @Message("Name")
    String name();

    @Message("Description")
    String description();

    @Message("Make the group")
    String makeGroup();

    @Message("Events")
    String events();

    @Message("No events yet.")
    String noEvents();

    @Message("New event")
    String newEvent();

    @Message("Title")
    String title();

    @Message("Begins, where the event is")
    String startTime();

    @Message("Minutes that it lasts")
    String durationMinutes();

    @Message("Time zone of the event")
    String timeZone();

    @Message("Such as Europe/Berlin")
    String timeZoneHint();

    @Message("Places")
    String capacity();

    @Message("Empty: no limit")
    String capacityHint();

    @Message("Check-in opens")
    String opensAt();

    @Message("Empty: at once")
    String opensAtHint();

    @Message("Check-in closes")
    String closesAt();

    @Message("Empty: 12 hours after the end")
    String closesAtHint();

    @Message("(may stay empty)")
    String optional();

    @Message("Schedule the event")
    String scheduleEvent();

    @Message("open")
    String phaseOpen();

    @Message("closed")
    String phaseClosed();

    @Message("not open yet")
    String phaseScheduled();

    @Message("over")
    String phaseEnded();

    @Message("cancelled")
    String phaseCancelled();

    @Message("Check-in")
    String phase();

    @Message("Code")
    String code();

    @Message("Show on a screen")
    String showOnScreen();

    @Message("Page behind the code")
    String pageBehindCode();

    @Message("QR to print (PNG)")
    String qrToPrint();

    @Message("QR as SVG")
    String qrAsSvg();

    @Message("Close check-in")
    String closeCheckIn();

    @Message("Reopen check-in")
    String reopenCheckIn();

    @Message("Cancel the event")
    String cancelEvent();

    @Message("For good: nobody checks in to a cancelled event again.")
    String cancelHint();

    @Message("Reason")
    String reason();

    @Message("New closing time, where the event is")
    String newClosesAt();

    @Message("Needed where the old one is past")
    String newClosesAtHint();

    @Message("Roll")
    String roll();

    @Message("Nobody yet.")
    String nobodyYet();

    @Message("Somebody without a name")
    String anonymous();

    @Message("Former member")
    String formerMember();

    @Message("Show anew")
    String reload();

    @Message("Links")
    String links();

    @Message("What you can do")
    String acts();

    @Message("Or open {address} and type the code.")
    String orType(String address);

    @Message("Check-in closes in {minutes} min.")
    String closesInMinutes(long minutes);

    @Message("Check-in closes in {hours} h {minutes} min.")
    String closesInHours(long hours, long minutes);

    @Message("Check-in closes on {at}.")
    String closesOn(String at);

    @Message("Take it back")
    String undo();

    @Message("You can take it back for 5 minutes.")
    String undoHint();

    @Message("Your check-in")
    String yourCheckIn();

    @Message("Sign in to put your name to it")
    String signInToClaim();

    @Message("Put my name to it")
    String claim();

    @Message("This check-in was taken back and does not count.")
    String takenBack();

    @Message("Check in somebody you know")
    String findPerson();

    @Message("A part of the name, at least 3 letters")
    String findPersonHint();

    @Message("Find")
    String find();

    @Message("Nobody of this community has such a name. Add a walk-in instead.")
    String nobodyFound();

    @Message("is checked in")
    String isThere();

    @Message("is checked in, since {at}.")
    String isIn(String at);

    @Message("was checked in already, since {at}. That counts once.")
    String wasIn(String at);

    @Message("This form was sent before, for somebody else. It is ready anew: send it again.")
    String sentBefore();

    @Message("The community knows nobody like that. Add a walk-in instead.")
    String participantUnknown();

    @Message("Check in {name}")
    String checkInPerson(String name);

    @Message("Let in although closed or full")
    String letInAnyway();

    @Message("let in by the organisers")
    String letIn();

    @Message("Reason, if closed or full")
    String reasonToLetIn();

    @Message("walk-in")
    String walkIn();

    @Message("Name of a walk-in (may stay empty)")
    String walkInName();

    @Message("Add the walk-in")
    String addWalkIn();

    @Message("taken back")
    String voided();

    @Message("Take back")
    String takeBack();

    @Message("At the door")
    String atTheDoor();

    @Message("Who may check in")
    String admission();

    @Message("Anyone with the code")
    String admissionAnyone();

    @Message("Who is signed in")
    String admissionSignedIn();

    @Message("Members of the community")
    String admissionMembers();

    @Message("It is too late to take it back. Ask the organisers.")
    String undoTooLate();

    @Message("Give a reason.")
    String reasonRequired();

    @Message("This was not understood. Go back and try again.")
    String notUnderstood();

    @Message("New code in place of this one")
    String newCode();

    @Message("Exports")
    String exports();

    @Message("Roll as {format}")
    String rollAs(String format);

    @Message("Calendar (.ics)")
    String calendar();
}
