"""The papers that leave the desk: what each says (content), and how it looks (PDF, HTML, text).

Nothing here fetches: a service hands over what is known and gets content back, and content goes in for bytes. The same
content always gives the same bytes.
"""
