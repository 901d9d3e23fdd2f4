# syntax=docker/dockerfile:1
# Builds the wheel and the release in one stage; the other holds only what serving needs, as an ordinary user.
# Run it with a read-only root: docker run --read-only --tmpfs /tmp -p 8000:8000 calcification-api

FROM python:3.13-slim AS build
WORKDIR /source
COPY .ci/requirements.txt .ci/requirements.txt
RUN python -m venv /opt/calcification \
 && /opt/calcification/bin/pip install --no-cache-dir --require-hashes --requirement .ci/requirements.txt
COPY LICENSE README.md pyproject.toml ./
COPY api api
COPY migrations migrations
COPY seed seed
RUN /opt/calcification/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && cd / && CALC_DATA_DIR=/opt/calcification/var /opt/calcification/bin/calcification-api build \
 && /opt/calcification/bin/pip uninstall --yes hatchling editables \
 && /opt/calcification/bin/python -m compileall -q /opt/calcification/lib

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home calcification
COPY --from=build /opt/calcification /opt/calcification
ENV CALC_DATA_DIR=/opt/calcification/var CALC_HOST=0.0.0.0 CALC_PORT=8000 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["/opt/calcification/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
CMD ["/opt/calcification/bin/calcification-api", "serve"]
