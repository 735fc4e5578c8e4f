"""The web application: the built site at `/`, and the desk's own pages under `/desk/`."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, jsonify, redirect, send_from_directory
from werkzeug.exceptions import NotFound
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
        try:
            if (site / path).is_dir():
                if path and not path.endswith("/"):
                    return redirect(f"/{path}/", code=308)
                return send_from_directory(site, f"{path}index.html", conditional=True)
            return send_from_directory(site, path, conditional=True)
        except (NotFound, ValueError):
            return _missing(site)

    @app.after_request
    def tell_browsers(response: AnyResponse) -> AnyResponse:
        """Let browsers ask again each time: a preview that shows yesterday helps nobody."""
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def _missing(site: Path) -> AnyResponse:
    page = site / "404.html"
    text = page.read_text(encoding="utf-8") if page.is_file() else "Not found"
    return Response(text, status=404, mimetype="text/html")
