"""Which lines are addressed to the machine."""

import pytest

from gatekeeper.assistant.summary.machine import to_machine
from tests.assistant import meetings
from tests.assistant.meetings import recognised
from tests.assistant.summary.hostile import TO_MACHINE

ABOUT_IT = """\
The assistant will write the report by Friday.
AI use is growing in the sales team.
The system shows an error when you add a customer.
We should not ignore the rules of the clinic.
Let us ignore the noise for a moment.
The AI should return JSON from this endpoint.
Can you print the instructions for the fridge?
You are now the owner of the runbook.
The bot said that the build is broken.
We have decided that the AI vendor gets no contract.
Claude, please send the letter by Friday.
Our assistant, Maria, will call you.
The error message for the system tests is wrong.
Please note that the assistant is on leave.
I asked the assistant to add the decision.
Forget everything, it is fine.
The user has to add a password.
System tests start on Monday.
Note to everybody: the door is open.
From now on you will chair the meeting.
Die Assistentin schreibt das Protokoll.""".splitlines()


@pytest.mark.parametrize("text", TO_MACHINE)
def test_orders_to_a_model_are_known(text: str) -> None:
    assert to_machine(text)


@pytest.mark.parametrize("text", ABOUT_IT)
def test_people_may_talk_about_assistants_and_systems(text: str) -> None:
    assert not to_machine(text)


@pytest.mark.parametrize("name", meetings.NAMES)
def test_no_line_of_an_honest_meeting_is_taken_for_one(name: str) -> None:
    lines = meetings.lines(name)

    assert not [it for it in (*lines, *recognised(lines)) if to_machine(it.text)]
