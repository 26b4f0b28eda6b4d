"""The reading measures tell hard texts from plain ones."""

import pytest

from gatekeeper.config.locales import locales
from tests.browser.reading import GRADES

PLAIN = {
    "en": "We film this. You can say no. You stay here.",
    "de": "Wir filmen das. Du kannst nein sagen. Du bleibst hier.",
    "fr": "Nous filmons cela. Vous pouvez dire non. Vous restez ici.",
    "es": "Filmamos esto. Puede decir que no. Se queda aquí.",
    "ar": "نصور هذا. لك أن تقول لا. وتبقى هنا.",
}
HARD = {
    "en": "Participation constitutes unconditional authorisation of the comprehensive "
    "processing of audiovisual communication for organisational documentation.",
    "de": "Die Teilnahme an der Videokonferenz begründet die uneingeschränkte "
    "Ermächtigung zur vollumfänglichen Verarbeitung audiovisueller Inhalte.",
    "fr": "La participation à la visioconférence constitue une autorisation "
    "inconditionnelle du traitement intégral des communications audiovisuelles à des "
    "fins de documentation organisationnelle.",
    "es": "La participación en la videoconferencia constituye una autorización "
    "incondicional para el tratamiento integral de las comunicaciones audiovisuales "
    "con fines de documentación organizativa.",
    "ar": "المشاركة في المؤتمر المرئي تستوجب التفويض المطلق لاستعمال المحتويات السمعية "
    "والبصرية لأغراض التوثيق المؤسساتي",
}


@pytest.mark.parametrize("language", locales())
def test_the_reading_measures_tell_hard_from_plain(language: str) -> None:
    grade = GRADES[language]

    assert grade(PLAIN[language]) < 5 < 7 < grade(HARD[language])


def test_english_and_german_are_measured_finely() -> None:
    assert GRADES["en"](PLAIN["en"]) < 3
    assert GRADES["de"](PLAIN["de"]) < 4
