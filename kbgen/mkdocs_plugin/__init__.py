"""Hands the composed site to MkDocs; no other module knows MkDocs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

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
from kbgen.mkdocs_plugin.rendering import Rendered, Renderer, render_ahead
from kbgen.model import FOLDERS
from kbgen.site import Site, SitePage, compose_site
from kbgen.theme_files import THEME, material_files, theme_assets
from support_policy.diagnostics import InvalidSources

# Both frighten writers about a MkDocs that we do not use.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")


class KbgenOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs is untyped there
    """The options in mkdocs.yml; `kbgen.settings` reads and judges them."""

    edit_url = config_options.Optional(config_options.Type(str))
    checks = config_options.Type(dict, default={})


class KbgenPlugin(BasePlugin[KbgenOptions]):  # type: ignore[no-untyped-call]  # as above
    """An ordinary MkDocs plugin: `mkdocs build` and `mkdocs serve` work with it."""

    site: Site | None = None
    """What to build; composed from the sources unless somebody has set it."""
    now: datetime | None = None
    is_serving = False
    _renderer: Renderer | None = None

    def __init__(self) -> None:
        self.rendered: dict[str, Rendered] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        del dirty
        self.is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compose the site before MkDocs cleans its folder, so that a fault leaves it as it was."""
        site = self.site or self._composed(config)
        self._pending = site
        config.theme.dirs.insert(0, str(THEME))
        config.theme.static_templates = {"404.html"}
        config.extra["kb"] = site.chrome
        # Our pages show a navigation of their own; MkDocs' list would grow with every page.
        config.nav = ["index.md"]
        config.markdown_extensions[:] = [
            *(name for name in EXTENSIONS if name not in config.markdown_extensions),
            *config.markdown_extensions,
        ]
        for name, options in EXTENSIONS.items():
            config.mdx_configs[name] = {**options, **config.mdx_configs.get(name, {})}
        self._renderer = None
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace what MkDocs found by the composed site."""
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
        """Render large sites ahead on all processors; Markdown is most of the work."""
        pages = [file.page for file in files.documentation_pages()]
        ours = [page for page in pages if isinstance(page, _ComposedPage)]
        self.rendered = {}
        if not self.is_serving:
            texts = [(page.file.src_uri, page.composed.markdown) for page in ours]
            self.rendered = render_ahead(self.renderer(config, files), texts)
        return nav

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

    def renderer(self, config: MkDocsConfig, files: Files) -> Renderer:
        """Return the one Markdown instance of this build; a fresh one per page costs a fifth."""
        if self._renderer is None:
            self._renderer = Renderer(config, files)
        return self._renderer

    def _composed(self, config: MkDocsConfig) -> Site:
        now = self.now or datetime.now(UTC)  # noqa: TID251  # an entry module
        try:
            centre = load_help_centre(_root(config))
            return compose_site(
                centre.catalog, centre.policy, centre.calendar, centre.settings, now
            )
        except InvalidSources as error:
            raise PluginError(f"\n{error}") from None


class _ComposedPage(Page):
    """A page whose text and head are known already."""

    def __init__(
        self, page: SitePage, file: File, config: MkDocsConfig, plugin: KbgenPlugin
    ) -> None:
        super().__init__(None, file, config)
        self.composed = page
        self._plugin = plugin

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the text as composed; there is no head to parse again."""
        del config
        self.markdown = self.composed.markdown
        self.meta = dict(self.composed.meta)
        self.edit_url = self.meta["edit_url"] or None

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert as MkDocs does, unless it was done ahead and no plugin changed the text since."""
        text = self.markdown or ""
        ahead = self._plugin.rendered.pop(self.composed.path, None)
        if ahead is None or text != self.composed.markdown:
            ahead = self._plugin.renderer(config, files).render(self.file, text)
        self.content = ahead.html
        self.toc = get_toc(ahead.toc_tokens)
        self._title_from_render = None
        # Links and anchors were resolved when the site was composed.
        self.present_anchor_ids = set()
        self.links_to_anchors = None


def _other_files(site: Site) -> Iterable[tuple[str, bytes]]:
    yield from theme_assets().items()
    yield from material_files().items()
    for file in site.files:
        yield file.path, file.content


def _inclusion(page: SitePage) -> InclusionLevel:
    return InclusionLevel.INCLUDED if page.path == "index.md" else InclusionLevel.NOT_IN_NAV


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
