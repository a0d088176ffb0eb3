"""The only scripts we send. They hold nothing of any question or document, so the browser can know them by hash."""

from html import escape

_SCROLL = (
    'for (const e of document.querySelectorAll("[data-bring]")) {'
    'e.scrollIntoView({block: e.dataset.bring}); e.removeAttribute("data-bring"); }'
)
_COPY = (
    "if (!window.copies) { window.copies = true;"
    'document.addEventListener("click", async (event) => {'
    'const button = event.target.closest("button[data-copy]");'
    "if (!button) return;"
    "const told = button.nextElementSibling;"
    "const text = button.dataset.address ? new URL(button.dataset.copy, location).href : button.dataset.copy;"
    "try { await navigator.clipboard.writeText(text); told.textContent = button.dataset.done; }"
    "catch { told.textContent = button.dataset.failed + ' ' + text; }"
    "}); }"
)
# Streamlit's field for files is said to be mere presentation and yet has a name and takes the focus. Nothing tells that
# our menu is one and which page is open, nor in which language the widgets round an answer are. And its links to the
# first page have no address: opened in a new tab they lead to the page that one is on. Where people type, what they
# write decides which way it runs.
_MEND = (
    "if (!window.mended) { window.mended = true;"
    "const mend = () => { document.querySelectorAll("
    "'section[data-testid=stFileUploaderDropzone][role=presentation]').forEach((e) => e.removeAttribute('role'));"
    "document.querySelectorAll('.st-key-menu:not([role])').forEach((e) => {"
    "e.setAttribute('role', 'navigation'); e.setAttribute('aria-label', 'Pages'); });"
    "document.querySelectorAll('[class*=st-key-]').forEach((e) => {"
    "const found = e.getAttribute('class').match(/-lang-([a-z]+)-(ltr|rtl)/);"
    "if (found) { e.lang = found[1]; e.dir = found[2]; }"
    "else if (e.lang) { e.removeAttribute('lang'); e.removeAttribute('dir'); } });"
    "document.querySelectorAll('textarea:not([dir])').forEach((e) => { e.dir = 'auto'; });"
    "document.querySelectorAll('a[data-testid=stPageLink-NavLink]').forEach((e) => {"
    "const href = e.getAttribute('href'); if (!href || href[0] === '?') { e.setAttribute('href', './' + href); } });"
    "const here = document.querySelector('[data-here]')?.dataset.here;"
    "document.querySelectorAll('.st-key-menu a').forEach((e) => e.textContent.trim() === here"
    " ? e.setAttribute('aria-current', 'page') : e.removeAttribute('aria-current')); };"
    "new MutationObserver(mend).observe(document.body, {childList: true, subtree: true}); mend(); }"
)
SCRIPTS = (_SCROLL, _COPY, _MEND)


def bring_into_view(token: str) -> str:
    """Scrolls to what is marked with ``data-bring``, once for each ``token``."""
    return f'<span hidden data-token="{escape(token)}"></span><script>{_SCROLL}</script>'


def always() -> str:
    """Makes the buttons of ``copy_html`` work, and mends what Streamlit gets wrong; harmless when it is sent twice."""
    return f"<script>{_COPY}</script><script>{_MEND}</script>"


def copy_html(
    label: str, text: str, done: str = "Copied.", failed: str = "Please copy this:", address: bool = False
) -> str:
    """A button that copies a text. ``address`` completes a relative address with that of the server."""
    whole = ' data-address="1"' if address else ""
    return (
        f'<span class="copy"><button type="button" data-copy="{escape(text)}" data-done="{escape(done)}" '
        f'data-failed="{escape(failed)}"{whole}>{escape(label)}</button> <span role="status"></span></span>'
    )
