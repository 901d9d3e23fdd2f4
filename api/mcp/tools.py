"""Every tool, in the order models see them. A new tool is added here and nowhere else; seven are the most."""

from api.mcp.cards import GET_CONCEPT
from api.mcp.documents import FETCH, SEARCH
from api.mcp.grounding import GROUND
from api.mcp.kit import AnyTool
from api.mcp.reports import ANNOTATE_REPORT
from api.mcp.risks import RISK_LOOKUP
from api.mcp.verification import VERIFY

MOST_TOOLS = 7
TOOLS: tuple[AnyTool, ...] = (GROUND, SEARCH, FETCH, GET_CONCEPT, VERIFY, ANNOTATE_REPORT, RISK_LOOKUP)
