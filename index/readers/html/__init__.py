"""The door to web pages: ``text`` gives a page's own text, without what stands round it."""
