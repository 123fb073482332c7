"""The encoders: the English teacher, the one being trained, and the folder it is written to."""
