"""Answers packed for the wire: pages in a length that tells nothing of what is in them; files of the look, which
everybody may read, once and as small as they get.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

PACKED_ALREADY = (".woff2", ".png", ".jpg", ".webp")
_TAKES_GZIP = re.compile(r"\bgzip\b")


class Packing(GZipMiddleware):
    """Django's, which adds up to a hundred random bytes so that nobody learns a secret from how long an answer is
    (BREACH), for all but the files of the look.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, packed where the browser takes it."""
        if not request.path.startswith(settings.STATIC_URL) or not isinstance(response, StreamingHttpResponse):
            return super().process_response(request, response)
        if request.path.endswith(PACKED_ALREADY) or response.status_code != 200 or request.method != "GET":
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
            body = _packed(b"".join(response.streaming_content))  # type: ignore[arg-type]
            response.streaming_content = [body]
            response.headers["Content-Length"] = str(len(body))
            response.headers["Content-Encoding"] = "gzip"
            if response.headers.get("ETag", "").startswith('"'):
                response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response


@lru_cache(maxsize=256)  # all files of the look
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
