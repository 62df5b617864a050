"""Where everything stands on every sheet: pure data that all sheets, references and readers share."""
