# Rapport in a container: two stages, so that pip and its caches stay behind.
#
#   docker build -t rapport .
#   docker run --env-file .env -v rapport:/data rapport

FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/rapport
COPY constraints.txt ./
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY jobs ./jobs
RUN /opt/rapport/bin/pip install --no-cache-dir --disable-pip-version-check \
        -c constraints.txt '.[xlsx]' \
    && find /opt/rapport -name __pycache__ -prune -exec rm -rf {} +

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Rapport" org.opencontainers.image.licenses="MIT"
# An id of its own, the same in every build, so that files on the volume stay its own.
RUN groupadd --gid 10001 rapport \
    && useradd --uid 10001 --gid rapport --no-create-home --shell /usr/sbin/nologin rapport \
    && install -d -o rapport -g rapport -m 0700 /data
COPY --from=build /opt/rapport /opt/rapport
ENV PATH=/opt/rapport/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/rapport.db \
    HOST=0.0.0.0 \
    PORT=3000
USER rapport
WORKDIR /data
VOLUME /data
EXPOSE 3000
# 503 while the database or the socket is away; urllib raises on it, so the status is not 0.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
# `rapport run` stops on SIGTERM within ten seconds, which is what `docker stop` waits.
STOPSIGNAL SIGTERM
ENTRYPOINT ["rapport"]
CMD ["run"]
