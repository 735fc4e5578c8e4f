"""Hands the composed site to MkDocs; no other module knows MkDocs."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from kbgen.loading import load_help_centre
from kbgen.markdown_flavour import EXTENSIONS
from kbgen.mkdocs_plugin.rendering import Rendered, Renderer, render_pages
from kbgen.model import FOLDERS
from kbgen.search_entries import Section, search_index
from kbgen.site import Site, SitePage, compose_site
from kbgen.theme_files import THEME, material_files, theme_assets
from support_policy.diagnostics import InvalidSources

# Both frighten writers about a MkDocs that we do not use.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

_log = logging.getLogger("mkdocs.plugins.kbgen")


class KbgenOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs is untyped there
    """The options in mkdocs.yml; `kbgen.settings` reads and judges them."""

    edit_url = config_options.Optional(config_options.Type(str))
    checks = config_options.Type(dict, default={})


class KbgenPlugin(BasePlugin[KbgenOptions]):  # type: ignore[no-untyped-call]  # as above
    """An ordinary MkDocs plugin: `mkdocs build` and `mkdocs serve` work with it."""

    site: Site | None = None
    """What to build; composed from the sources unless somebody has set it."""
    cache: Path | None = None
    """Where rendered pages are remembered, if they are."""
    _pending: Site
    _renderer: Renderer

    def __init__(self) -> None:
        self.rendered: dict[str, Rendered] = {}
        self._searched: list[tuple[str, str, list[Section]]] = []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compose the site before MkDocs cleans its folder, so that a fault leaves it as it was."""
        site = self.site or self._compose(config)
        self._pending = site
        config.theme.dirs.insert(0, str(THEME))
        config.theme.static_templates = {"404.html"}
        config.extra["kb"] = site.chrome
        if (search := config.plugins.get("material/search")) is not None:
            # It would parse each page again, one after the other, for the same index.
            search.config["enabled"] = False
        # Our pages show a navigation of their own; MkDocs' list would grow with every page.
        config.nav = ["index.md"]
        # Addresses are decided when the site is composed.
        config.use_directory_urls = True
        # MkDocs' own `fenced_code` would take the fences from superfences, which knows more.
        others = [name for name in config.markdown_extensions if name != "fenced_code"]
        config.markdown_extensions[:] = dict.fromkeys([*EXTENSIONS, *others])
        for name, options in EXTENSIONS.items():
            config.mdx_configs[name] = {**options, **config.mdx_configs.get(name, {})}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace what MkDocs found by the composed site."""
        del files
        site = self._pending
        built = Files([])
        for page in site.pages:
            file = File.generated(config, page.path, content="", inclusion=_inclusion(page))
            file.page = _ComposedPage(page, file, config, self)
            built.append(file)
        for name, content in _other_files(site):
            built.append(File.generated(config, name, content=content))
        for asset in site.assets:
            name = asset.address.lstrip("/")
            built.append(File.generated(config, name, abs_src_path=asset.location))
        return built

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Render all pages at once, now that every address is known."""
        self._renderer = Renderer(config, files)
        texts = [(page.path, page.markdown) for page in self._pending.pages]
        self.rendered = dict(render_pages(self._renderer, texts, cache=self.cache))
        self._searched = []
        return nav

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the index that Material's search reads."""
        path = Path(config.site_dir) / "search" / "search_index.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(search_index(self._searched), encoding="utf-8")

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch everything that the site is made from."""
        del builder
        root = _root(config)
        for name in (*FOLDERS, "policy.yml", "maintenance.yml"):
            if (root / name).exists():
                server.watch(str(root / name))
        return server

    def render(self, page: SitePage, file: File, text: str) -> Rendered:
        """Return the page as it was rendered, unless another plugin has changed its text since."""
        found = self.rendered.pop(page.path, None)
        if found is None or text != page.markdown:
            found = self._renderer.render(file, text)
        if "search" not in page.meta:
            entry = (_address(file), str(page.meta["title"]), json.loads(found.sections))
            self._searched.append(entry)
        return found

    def _compose(self, config: MkDocsConfig) -> Site:
        now = datetime.now(UTC)  # noqa: TID251  # an entry module
        try:
            centre = load_help_centre(_root(config))
            site = compose_site(
                centre.catalog, centre.policy, centre.calendar, centre.settings, now
            )
        except InvalidSources as error:
            raise PluginError(f"\n{error}") from None
        for diagnostic in site.diagnostics:
            _log.warning("%s", diagnostic)
        return site


class _ComposedPage(Page):
    """A page whose text and head are known already."""

    def __init__(
        self, page: SitePage, file: File, config: MkDocsConfig, plugin: KbgenPlugin
    ) -> None:
        super().__init__(None, file, config)
        self._composed = page
        self._plugin = plugin

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the text as composed; there is no head to parse again."""
        del config
        self.markdown = self._composed.markdown
        self.meta = dict(self._composed.meta)
        self.edit_url = self.meta["edit_url"] or None

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the HTML from the plugin, which has rendered all pages at once."""
        del config, files
        rendered = self._plugin.render(self._composed, self.file, self.markdown or "")
        self.content = rendered.html
        self.toc = get_toc(rendered.toc_tokens())
        self._title_from_render = None
        # Links and anchors were resolved when the site was composed.
        self.present_anchor_ids = set()
        self.links_to_anchors = None


def _other_files(site: Site) -> Iterable[tuple[str, bytes]]:
    yield from theme_assets().items()
    yield from material_files().items()
    for file in site.files:
        yield file.path, file.content


def _address(file: File) -> str:
    return "" if file.url in (".", "./") else file.url


def _inclusion(page: SitePage) -> InclusionLevel:
    return InclusionLevel.INCLUDED if page.path == "index.md" else InclusionLevel.NOT_IN_NAV


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
