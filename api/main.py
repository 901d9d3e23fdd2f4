"""The ASGI entry for servers: `uvicorn api.main:app`. Nothing else."""

from api.keeping import kept_for_good
from api.logs import configure
from api.settings import get_settings

configure(get_settings().log_level)
with kept_for_good(leaves_garbage=False):
    from api.app import create_app

    app = create_app(get_settings())
