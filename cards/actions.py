"""What a button carries: one frozen dataclass for each verb, and the table of all of them.

A card puts ``to_data()`` into its button, and the handler of that verb gets the same object back
from ``from_data()``, so both sides share one spelling. What a person typed into a form arrives in
the same mapping and is left alone here: each form's own module reads it. A button of an old
card, or data of somebody else, raises ``KeyError`` or ``ValueError``.

Verbs are ``subject.action``, and are spelled in the modules called ``*_actions`` only; those that
many use are handed on from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from cards.accounts.account_actions import (
    AccountApproval,
    AccountConnect,
    AccountDisconnect,
    AccountDisconnectYes,
    AccountShow,
    AccountSyncNow,
    DataErase,
    DataEraseYes,
    DataExport,
)
from cards.accounts.link_actions import (
    LinkAdd,
    LinkAgain,
    LinkAnswer,
    LinkListYes,
    LinkOffers,
    LinkOfList,
    LinkRemove,
    LinkRemoveYes,
    LinkSave,
    LinkSettingsEdit,
    LinkShow,
)
from cards.accounts.offer_actions import OfferBoth, OfferKeep, OfferTake
from cards.action import Action
from cards.books.book_actions import BinRestoreBook, BookDeleteYes
from cards.books.calendar_actions import (
    CalendarArchive,
    CalendarClone,
    CalendarCloneYes,
    CalendarCreate,
    CalendarDelete,
    CalendarEdit,
    CalendarNew,
    CalendarReopen,
    CalendarSave,
    CalendarShow,
    CalendarsShow,
    HolidaysEdit,
    HolidaysSave,
    MembersEdit,
    MembersSave,
    MembersShow,
    PreferencesEdit,
    PreferencesSave,
)
from cards.contacts.contact_actions import (
    CONTACT_ACTIONS,
    ContactCreate,
    ContactDelete,
    ContactDeleteYes,
    ContactDetails,
    ContactEdit,
    ContactNew,
    ContactSave,
)
from cards.contacts.contact_file_actions import CONTACT_FILE_ACTIONS
from cards.contacts.contact_list_actions import (
    ColleagueShow,
    ContactOpen,
    ContactsShow,
    ContactsSort,
)
from cards.contacts.list_actions import LIST_ACTIONS
from cards.events.change_actions import EventMove, EventRename
from cards.events.event_actions import (
    AgendaChoose,
    AgendaChosen,
    AgendaShow,
    EventBack,
    EventCreate,
    EventDates,
    EventDelete,
    EventDeleteYes,
    EventDetails,
    EventEdit,
    EventNew,
    EventSave,
    EventUndo,
    SeriesDates,
)
from cards.events.live_actions import ContactLive, EventLive
from cards.events.transfer_actions import TRANSFER_ACTIONS
from cards.files.file_actions import (
    EventFile,
    ExportGet,
    FeedMake,
    FeedRevoke,
    FeedShow,
    FileDrop,
    ImportDoublesShow,
    ImportHelp,
    ImportLook,
    ImportYes,
    PrintGet,
    SubscriptionEnd,
    SubscriptionEndYes,
    SubscriptionNow,
    SubscriptionsShow,
    TemplateGet,
)
from cards.general_actions import (
    BinRestoreContact,
    BinRestoreEvent,
    BinShow,
    FormCancel,
    HelpShow,
)
from cards.people.admin_actions import (
    AdminEnd,
    AdminEndYes,
    AdminEraseYes,
    AdminExportYes,
    AdminShow,
    AdminStay,
)
from cards.views.find_actions import AwayShow, FindShow
from cards.views.time_actions import FreeBusyShow, TimesFind
from cards.watching.watch_actions import ReminderSnooze, WatchEdit, WatchSave, WatchShow

__all__ = [
    "ACTIONS",
    "AccountApproval",
    "AccountConnect",
    "AccountDisconnect",
    "AccountDisconnectYes",
    "AccountShow",
    "AccountSyncNow",
    "Action",
    "AgendaChoose",
    "AgendaChosen",
    "AgendaShow",
    "AwayShow",
    "BinRestoreContact",
    "BinRestoreEvent",
    "BinShow",
    "ColleagueShow",
    "ContactCreate",
    "ContactDelete",
    "ContactDeleteYes",
    "ContactDetails",
    "ContactEdit",
    "ContactLive",
    "ContactNew",
    "ContactOpen",
    "ContactSave",
    "ContactsShow",
    "ContactsSort",
    "DataErase",
    "DataEraseYes",
    "DataExport",
    "EventBack",
    "EventCreate",
    "EventDates",
    "EventDelete",
    "EventDeleteYes",
    "EventDetails",
    "EventEdit",
    "EventLive",
    "EventMove",
    "EventNew",
    "EventRename",
    "EventSave",
    "EventUndo",
    "FindShow",
    "FormCancel",
    "FreeBusyShow",
    "HelpShow",
    "LinkAdd",
    "LinkAgain",
    "LinkAnswer",
    "LinkListYes",
    "LinkOfList",
    "LinkOffers",
    "LinkRemove",
    "LinkRemoveYes",
    "LinkSave",
    "LinkSettingsEdit",
    "LinkShow",
    "SeriesDates",
    "TimesFind",
]

ACTIONS: Mapping[str, type[Action]] = {
    kind.verb: kind
    for kind in (
        *(AgendaShow, AgendaChoose, AgendaChosen),
        *(EventNew, EventCreate, EventEdit, EventSave, EventDetails, EventBack),
        *(EventDates, EventDelete, EventDeleteYes, EventUndo, SeriesDates),
        *(EventMove, EventRename, EventLive, ContactLive),
        *TRANSFER_ACTIONS,
        *CONTACT_ACTIONS,
        *LIST_ACTIONS,
        *CONTACT_FILE_ACTIONS,
        *(AccountShow, AccountSyncNow, AccountConnect, AccountApproval),
        *(AccountDisconnect, AccountDisconnectYes),
        *(LinkOfList, LinkListYes),
        *(LinkShow, LinkOffers, LinkAdd, LinkSettingsEdit, LinkSave, LinkAnswer),
        *(LinkAgain, LinkRemove, LinkRemoveYes),
        *(BinShow, BinRestoreEvent, BinRestoreContact),
        *(BinRestoreBook, BookDeleteYes),
        *(CalendarsShow, CalendarNew, CalendarCreate, CalendarShow, CalendarEdit, CalendarSave),
        *(CalendarArchive, CalendarReopen, CalendarDelete, CalendarClone, CalendarCloneYes),
        *(MembersShow, MembersEdit, MembersSave, HolidaysEdit, HolidaysSave),
        *(PreferencesEdit, PreferencesSave),
        *(AdminShow, AdminExportYes, AdminEraseYes, AdminEnd, AdminEndYes, AdminStay),
        *(DataExport, DataErase, DataEraseYes),
        *(OfferTake, OfferBoth, OfferKeep),
        *(ImportHelp, TemplateGet, ImportLook, ImportDoublesShow, ImportYes, FileDrop),
        *(ExportGet, PrintGet, EventFile),
        *(FeedShow, FeedMake, FeedRevoke),
        *(SubscriptionsShow, SubscriptionNow, SubscriptionEnd, SubscriptionEndYes),
        *(FreeBusyShow, TimesFind, FindShow, AwayShow, ContactsShow, ContactOpen),
        *(ContactsSort, ColleagueShow),
        *(WatchShow, WatchEdit, WatchSave, ReminderSnooze),
        *(HelpShow, FormCancel),
    )
}
"""Every action by its verb."""
