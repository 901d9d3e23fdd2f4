"""What the service says of itself, from the committed file: a test of its own proves that the code says the same."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "docs" / "openapi.json"
DESCRIPTION: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
