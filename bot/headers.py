"""Security headers of the public pages and of the console."""

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

COMMON = {"X-Content-Type-Options": "nosniff"}
# What somebody said or was told: for nobody's cache.
ANSWER = COMMON | {"Cache-Control": "no-store"}

# No inline script or style is allowed anywhere: a sentence that slipped through as markup
# still could not run.
PAGE = COMMON | {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "X-Frame-Options": "DENY",
    # The address of a reading page holds what the person asked about.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

# NiceGUI's pages are inline scripts and styles: only what they can do without is forbidden.
CONSOLE = COMMON | {
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
}

FOR_EVER = COMMON | {"Cache-Control": "public, max-age=31536000, immutable"}
CHECK_AGAIN = COMMON | {"Cache-Control": "no-cache"}
FOR_MINUTES = COMMON | {"Cache-Control": "public, max-age=60"}
# A page whose address is a key: it is told to no other site, and kept by nobody.
BY_LINK = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
# Not for search engines, nor for what stands between us and the person.
PERSONAL = COMMON | {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
