# Rapport as one container: web, worker and, unless DATABASE_URL names another, the embedded database. Data is in /data.
# scripts/image_steps.sh is what is done in it; docs/host/docker.md tells how to try those steps without Docker.

FROM python:3.13-slim-bookworm AS built
WORKDIR /source
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY scripts/tools.lock scripts/image_steps.sh scripts/
COPY rapport rapport
RUN sh scripts/image_steps.sh /opt/rapport

FROM python:3.13-slim-bookworm
COPY --from=built /opt/rapport /opt/rapport
RUN useradd --system --uid 10001 --create-home rapport && install --directory --owner=rapport --mode=0700 /data
ENV PATH=/opt/rapport/bin:$PATH RAPPORT_HOME=/data RAPPORT_BIND=0.0.0.0 PYTHONUNBUFFERED=1
USER rapport
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["rapport"]
CMD ["up"]
