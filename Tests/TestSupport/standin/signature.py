"""Signature V3 (ACS3-HMAC-SHA256), recomputed from what arrived."""

import datetime
import hashlib
import hmac
import urllib.parse

# Key id → (secret, session token that must come with it).
KEYS = {"testid": ("testsecret", None), "STS.testid": ("stssecret", "sts+token/with=chars")}


def encode(text):
    return urllib.parse.quote(text, safe="-_.~")


def refusal(method, path, query, headers, body, used_nonces, check_date):
    """None when the signature is right, else the service's (status, code, message)."""
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    fields = dict(part.split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme != "ACS3-HMAC-SHA256" or set(fields) != {"Credential", "SignedHeaders", "Signature"}:
        return 400, "IncompleteSignature", "The request signature is incomplete."
    key = KEYS.get(fields["Credential"])
    if key is None:
        return 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."
    secret, token = key
    if headers.get("x-acs-security-token") != token:
        return 400, "InvalidSecurityToken.Malformed", "The security token is wrong."
    names = fields["SignedHeaders"].split(";")
    # These must be signed; the vendor's Python client signs accept and user-agent as well.
    must = {n for n in headers if n == "host" or n == "content-type" or n.startswith("x-acs-")}
    if names != sorted(names) or not must <= set(names) <= set(headers):
        return 400, "SignatureDoesNotMatch", f"signed {names}, must be {sorted(must)}"
    if headers.get("x-acs-content-sha256") != hashlib.sha256(body).hexdigest():
        return 400, "SignatureDoesNotMatch", "the hash of the body is wrong"
    pairs = sorted((encode(k), encode(v)) for k, v in urllib.parse.parse_qsl(query, keep_blank_values=True))
    canonical = "\n".join([
        method, path, "&".join(f"{k}={v}" for k, v in pairs),
        "".join(f"{n}:{headers[n].strip()}\n" for n in names), ";".join(names), headers["x-acs-content-sha256"]])
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    expected = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, fields["Signature"]):
        return 400, "SignatureDoesNotMatch", "The signature does not match."
    if check_date:
        date = datetime.datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ")
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        if abs((now - date).total_seconds()) > 900:
            return 400, "InvalidTimeStamp.Expired", "The timestamp is expired."
    nonce = headers.get("x-acs-signature-nonce", "")
    if nonce in used_nonces:
        return 400, "SignatureNonceUsed", "The nonce was used before."
    used_nonces.add(nonce)
    return None
