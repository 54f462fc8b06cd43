"""Files of spreadsheets, read into sheets of rows with their places, and written: CSV and XLSX, nothing of the hall."""
