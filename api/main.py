"""The ASGI entry for servers: `uvicorn api.main:app`. Nothing else."""

from api.app import create_app
from api.logs import configure
from api.settings import get_settings

configure(get_settings().log_level)
app = create_app(get_settings())
