"""The parts of `build_word_example.py`: the text of the report, and how it is set in Word."""
