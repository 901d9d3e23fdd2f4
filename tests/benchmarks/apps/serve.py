"""Serves an application the way `calcification-api serve` does: same server, same switches, one worker."""

import sys

import uvicorn

if __name__ == "__main__":
    uvicorn.run(
        sys.argv[1],
        host="127.0.0.1",
        port=int(sys.argv[2]),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
    )
