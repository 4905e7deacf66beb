"""PDFs as an office signs them elsewhere: a page of words, a certificate made for the test, signatures over the whole file."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import typst
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

NOW = datetime.now(UTC)


@cache
def pdf(*lines: str) -> bytes:
    """One page that says these lines."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.typ"
        source.write_text("\n\n".join(lines), encoding="utf-8")
        return typst.compile(str(source))


def amended(content: bytes, change: str) -> bytes:
    """The file with one revision more, in which it shows something else than before."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    if change == "words added to the page":
        more = generic.StreamObject(stream_data=b"BT 20 20 Td (khac) Tj ET")
        page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(more)])
    elif change == "a note on the page":
        note = generic.DictionaryObject({generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText")})
        page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    else:
        writer._root = writer.add_object(generic.DictionaryObject({key: writer.root.raw_get(key) for key in writer.root}))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def certificate(name: str, office: str) -> tuple[bytes, bytes]:
    """PEM of a certificate that signed itself, and of its key. It holds an identity number, as those of persons do."""
    key = generate_private_key(65537, 2048)
    subject = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, office),
        x509.NameAttribute(NameOID.USER_ID, "CCCD:086099012345"),
    ])  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1000))
        .not_valid_after(NOW + timedelta(days=1000))
        .add_extension(x509.KeyUsage(True, True, False, False, False, True, True, False, False), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    return made.public_bytes(Encoding.PEM), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@cache
def signer(name: str, office: str) -> signers.SimpleSigner:
    """Whoever holds that certificate. A key is looked through whenever it is read."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / part for part in ("cert.pem", "key.pem")]
        for path, part in zip(paths, certificate(name, office), strict=True):
            path.write_bytes(part)
        return signers.SimpleSigner.load(str(paths[1]), str(paths[0]))


def signed(content: bytes, name: str = "Trần Văn Kiểm", office: str = "Công an xã Sông") -> bytes:
    """The file with one signature more, which covers all of it."""
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(content))
    about = signers.PdfSignatureMetadata(field_name=f"Ky{content.count(b'/ByteRange')}", reason="Thống nhất")
    with ThreadPoolExecutor(1) as own:  # beside a browser of another test, this thread may have an event loop, which pyHanko does not allow
        own.submit(signers.sign_pdf, writer, about, signer=signer(name, office), output=out).result()
    return out.getvalue()
