"""Every page has a plain address."""

from django.urls import path

from winward.faces.web.errors import in_words
from winward.faces.web.views import (
    bringing,
    checks,
    deals,
    decisions,
    documents,
    health,
    home,
    people,
    rivals,
    search,
    signals,
    sources,
    themes,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("health", health.health, name="health"),
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("themes/", themes.themes, name="themes"),
    path("themes/<int:theme_id>/", in_words(themes.theme), name="theme"),
    path("themes/<int:theme_id>/name", in_words(themes.rename), name="rename-theme"),
    path("themes/<int:theme_id>/owner", in_words(themes.own), name="own-theme"),
    path("deals/", deals.deals, name="deals"),
    path("deals/<int:deal_id>/", in_words(deals.deal), name="deal"),
    path("signals/", signals.signals, name="signals"),
    path("signals/<int:signal_id>/", in_words(signals.signal), name="signal"),
    path("signals/<int:signal_id>/say", in_words(checks.say_of), name="say"),
    path("signals/check/", checks.check, name="check"),
    path("signals/check/learnt", checks.learnt, name="learnt"),
    path("documents/<int:document_id>/", in_words(documents.document), name="document"),
    path("documents/<int:document_id>/mark", in_words(documents.mark), name="mark"),
    path("documents/<int:document_id>/side", in_words(documents.put_side), name="side"),
    path("search/", search.search, name="search"),
    path("sources/", sources.sources, name="sources"),
    path("sources/upload", bringing.upload, name="upload"),
    path("sources/preview/<slug:token>/", in_words(bringing.preview), name="preview"),
    path("sources/run", bringing.start_run, name="start-run"),
    path("sources/imports/<int:import_id>/", in_words(sources.one_import), name="import"),
    path("sources/runs/<int:run_id>/", in_words(sources.run), name="run"),
    path("sources/links/", sources.links, name="links"),
    path("sources/links/<int:document_id>/", in_words(sources.link), name="link"),
    path("rivals/", rivals.rivals, name="rivals"),
    path("rivals/decide", rivals.decide_rival, name="decide-rival"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("undo/<int:audit_id>/", in_words(decisions.undo), name="undo"),
]
