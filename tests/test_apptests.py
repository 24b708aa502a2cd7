"""What tests/apptests.py spares changes nothing of what an AppTest finds out."""

import time

import pytest
from streamlit.testing.v1 import AppTest


def test_a_script_that_does_not_end_fails_its_test() -> None:
    def script() -> None:
        import time

        import streamlit as st

        while True:
            time.sleep(0.01)
            st.text("still here")

    begun = time.monotonic()
    with pytest.raises(RuntimeError, match=r"timed out after 0\.2"):
        AppTest.from_function(script, default_timeout=0.2).run()
    assert time.monotonic() - begun < 30


def test_a_script_is_over_when_its_page_is_read() -> None:
    def script() -> None:
        import time

        import streamlit as st

        time.sleep(0.1)
        st.text("at last")

    assert [text.value for text in AppTest.from_function(script).run().text] == ["at last"]
