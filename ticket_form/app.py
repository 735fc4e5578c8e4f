"""The web application: the built site at `/`, and the desk's own pages under `/desk/`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

from support_policy import SupportPolicy
from ticket_form.settings import Settings


def create_app(settings: Settings, policy: SupportPolicy) -> Flask:
    """Return the application for one installation and one policy."""
    app = Flask(__name__, static_folder=None)

    @app.get("/healthz")
    def health() -> Response:
        """Say that the desk answers, and which policy it keeps."""
        return jsonify(status="ok", policy=policy.version)

    if settings.site is not None:
        _serve_site(app, settings.site.resolve())
    return app


def _serve_site(app: Flask, site: Path) -> None:
    @app.get("/")
    @app.get("/<path:path>")
    def page(path: str = "") -> AnyResponse:
        """Return a file of the site; an address without its last slash leads to the page."""
        found = _find(site, path)
        if found is None:
            return _missing(site)
        if not found.is_dir():
            return send_from_directory(site, path, conditional=True)
        if path and not path.endswith("/"):
            query = request.query_string.decode("ascii", "replace")
            return redirect(f"/{quote(path)}/" + (f"?{query}" if query else ""), code=308)
        return send_from_directory(site, f"{path}index.html", conditional=True)

    @app.after_request
    def tell_browsers(response: AnyResponse) -> AnyResponse:
        """Let browsers ask again each time: a preview that shows yesterday helps nobody."""
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def _find(site: Path, path: str) -> Path | None:
    """Return the file, or the folder with a page, that the address names inside the site."""
    name = safe_join(str(site), path)
    if name is None:
        return None
    found = Path(name)
    try:
        if found.is_dir():
            return found if (found / "index.html").is_file() else None
        return found if found.is_file() and not path.endswith("/") else None
    except (OSError, ValueError):  # longer than a name can be, or with a sign none can have
        return None


def _missing(site: Path) -> AnyResponse:
    page = site / "404.html"
    text = page.read_text(encoding="utf-8") if page.is_file() else "Not found"
    return Response(text, status=404, mimetype="text/html")
