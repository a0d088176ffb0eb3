"""The door to PDFium. ``file`` gives a PDF's words and lines, ``picture`` one page as it looks."""
