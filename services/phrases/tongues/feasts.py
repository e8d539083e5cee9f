"""What feasts are called in five languages, and when they are; :mod:`services.phrases.feasts`."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FEASTS"]

FEASTS: tuple[tuple[int | tuple[int, int], Mapping[str, tuple[str, ...]]], ...] = (
    (-48, {"de": ("rosenmontag",), "fr": ("lundi gras",), "da": ("fastelavnsmandag",)}),
    (
        -47,
        {
            "en": ("shrove tuesday", "pancake day", "mardi gras"),
            "de": ("faschingsdienstag", "fastnachtsdienstag"),
            "es": ("martes de carnaval",),
        },
    ),
    (
        -46,
        {
            "en": ("ash wednesday",),
            "de": ("aschermittwoch",),
            "fr": ("mercredi des cendres",),
            "es": ("miércoles de ceniza",),
            "da": ("askeonsdag",),
        },
    ),
    (
        -7,
        {
            "en": ("palm sunday",),
            "de": ("palmsonntag",),
            "fr": ("dimanche des rameaux",),
            "es": ("domingo de ramos",),
            "da": ("palmesøndag",),
        },
    ),
    (
        -3,
        {
            "en": ("maundy thursday", "holy thursday"),
            "de": ("gründonnerstag",),
            "fr": ("jeudi saint",),
            "es": ("jueves santo",),
            "da": ("skærtorsdag",),
        },
    ),
    (
        -2,
        {
            "en": ("good friday",),
            "de": ("karfreitag",),
            "fr": ("vendredi saint",),
            "es": ("viernes santo",),
            "da": ("langfredag",),
        },
    ),
    (
        -1,
        {
            "en": ("holy saturday",),
            "de": ("karsamstag",),
            "fr": ("samedi saint",),
            "es": ("sábado santo",),
            "da": ("påskelørdag",),
        },
    ),
    (
        0,
        {
            "en": ("easter sunday", "easter day"),
            "de": ("ostersonntag",),
            "fr": ("dimanche de pâques", "jour de pâques"),
            "es": ("domingo de pascua", "domingo de resurrección"),
            "da": ("påskedag", "1. påskedag", "første påskedag", "påskesøndag"),
        },
    ),
    (
        1,
        {
            "en": ("easter monday",),
            "de": ("ostermontag",),
            "fr": ("lundi de pâques",),
            "es": ("lunes de pascua",),
            "da": ("2. påskedag", "anden påskedag", "påskemandag"),
        },
    ),
    (
        39,
        {
            "en": ("ascension day",),
            "de": ("christi himmelfahrt", "himmelfahrt"),
            "fr": ("jeudi de l'ascension",),
            "es": ("jueves de la ascensión",),
            "da": ("kristi himmelfartsdag", "kr. himmelfartsdag", "kr himmelfartsdag"),
        },
    ),
    (
        49,
        {
            "en": ("whit sunday", "pentecost sunday"),
            "de": ("pfingstsonntag",),
            "fr": ("dimanche de pentecôte", "dimanche de la pentecôte"),
            "es": ("domingo de pentecostés",),
            "da": ("pinsedag", "1. pinsedag", "første pinsedag", "pinsesøndag"),
        },
    ),
    (
        50,
        {
            "en": ("whit monday", "pentecost monday"),
            "de": ("pfingstmontag",),
            "fr": ("lundi de pentecôte", "lundi de la pentecôte"),
            "es": ("lunes de pentecostés",),
            "da": ("2. pinsedag", "anden pinsedag", "pinsemandag"),
        },
    ),
    (60, {"en": ("corpus christi",), "de": ("fronleichnam",), "fr": ("fête-dieu",)}),
    (
        (12, 24),
        {
            "en": ("christmas eve", "xmas eve"),
            "de": ("heiligabend", "heiliger abend", "heiligen abend", "weihnachtsabend"),
            "fr": ("réveillon de noël", "veille de noël"),
            "es": ("nochebuena",),
            "da": ("juleaften", "juleaftensdag"),
        },
    ),
    (
        (12, 25),
        {
            "en": ("christmas day", "xmas day"),
            "de": tuple(
                f"{first} {day}"
                for first in ("1.", "erster", "ersten")
                for day in ("weihnachtstag", "weihnachtsfeiertag")
            ),
            "fr": ("jour de noël",),
            "es": ("día de navidad",),
            "da": ("juledag", "1. juledag", "første juledag"),
        },
    ),
    (
        (12, 26),
        {
            "en": ("boxing day",),
            "de": tuple(
                f"{second} {day}"
                for second in ("2.", "zweiter", "zweiten")
                for day in ("weihnachtstag", "weihnachtsfeiertag")
            ),
            "da": ("2. juledag", "anden juledag"),
        },
    ),
    (
        (12, 31),
        {
            "en": ("new year's eve", "new years eve"),
            "de": ("silvester", "silvesterabend"),
            "fr": ("saint-sylvestre", "réveillon du nouvel an", "réveillon du jour de l'an"),
            "es": ("nochevieja", "noche vieja"),
            "da": ("nytårsaften", "nytårsaftensdag"),
        },
    ),
    (
        (1, 1),
        {
            "en": ("new year's day", "new years day"),
            "de": ("neujahr", "neujahrstag"),
            "fr": ("jour de l'an",),
            "es": ("día de año nuevo",),
            "da": ("nytårsdag",),
        },
    ),
    (
        (1, 6),
        {
            "en": ("epiphany",),
            "de": ("heilige drei könige", "heiligen drei könige", "dreikönigstag"),
            "fr": ("jour des rois",),
            "es": ("día de reyes",),
            "da": ("helligtrekonger",),
        },
    ),
    (
        (2, 14),
        {
            "en": ("valentine's day", "valentines day"),
            "de": ("valentinstag",),
            "fr": ("saint-valentin",),
            "es": ("san valentín",),
            "da": ("valentinsdag",),
        },
    ),
)
"""By how many days each is behind Easter Sunday, or on which month and day."""
