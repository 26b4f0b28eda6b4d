"""The reading measures tell hard texts from plain ones."""

from tests.browser.reading import flesch_kincaid, wiener


def test_the_reading_measures_tell_hard_from_plain() -> None:
    plain = "We film this. You can say no. You stay here."
    hard = (
        "Participation constitutes unconditional authorisation of the comprehensive "
        "processing of audiovisual communication for organisational documentation."
    )
    schwer = (
        "Die Teilnahme an der Videokonferenz begründet die uneingeschränkte "
        "Ermächtigung zur vollumfänglichen Verarbeitung audiovisueller Inhalte."
    )
    leicht = "Wir filmen das. Du kannst nein sagen. Du bleibst hier."

    assert flesch_kincaid(plain) < 3 < 7 < flesch_kincaid(hard)
    assert wiener(leicht) < 4 < 7 < wiener(schwer)
