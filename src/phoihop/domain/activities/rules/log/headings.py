"""The words by which headings say what a column means."""

from __future__ import annotations

import re

from ....forces.models import MeansKind
from ...models import OutcomeKind
from .forces import forces_in, only_force
from .means import LEAD_ITSELF, OTHERS, SKIPPED, Meaning, Means

_OUTCOMES = (
    (OutcomeKind.REMINDERS, r"nhac nho|so (?:luot|vu|truong hop|nguoi) nhac nho|luot nhac nho|nhac nho (?:luot|truong hop|nguoi)"),
    (
        OutcomeKind.CHECKED,
        r"(?:so )?(?:luot )?(?:phuong tien|co so|pt|nguoi,? phuong tien|nguoi va phuong tien)?(?: duoc)? ?kiem tra(?: (?:phuong tien|co so|pt|hanh chinh))?",
    ),
    (OutcomeKind.DEFECTS, r"(?:so )?(?:ton tai|kien nghi|so ho)(?:,? (?:ton tai|kien nghi|so ho))?(?: phat hien)?"),
    (OutcomeKind.THEFT, r"trom cap(?: tai san)?"),
    (OutcomeKind.DISORDER, r"gay roi(?: trat tu(?: cong cong)?)?|gay rttcc|gay roi ttcc"),
    (OutcomeKind.DRUGS, r"ma tuy"),
    (OutcomeKind.SMUGGLING, r"buon lau(?:,? gltm| gian lan thuong mai)?"),
    (OutcomeKind.SAND, r"(?:khai thac )?cat(?: trai phep| lau)?|cat tac"),
    (OutcomeKind.FISHING, r"(?:vi pham )?(?:khai thac )?thuy san|iuu|khai thac thuy san trai phep"),
    (OutcomeKind.TRAFFIC, r"(?:vi pham |vp )?(?:trat tu )?(?:atgt|giao thong|ttatgt|ttgt|an toan giao thong|tt atgt)"),
    (OutcomeKind.FIREWORKS, r"phao(?: no| hoa)?"),
    (OutcomeKind.WEAPONS, r"(?:thu hoi )?(?:vu khi|vk|vlncht|vk vln|vk,? vln)(?: .*)?"),
)
_VEHICLES = (
    (MeansKind.BOAT, r"xuong(?: may)?|ca no|cano|xuong ca no|ghe|vo lai"),
    (MeansKind.SHIP, r"tau(?: tuan tra)?"),
    (MeansKind.FIRE_ENGINE, r"xe chua chay|xe cc"),
    (MeansKind.CAR, r"(?:xe )?(?:o ?to|oto)|xe (?:con|ban tai|4 banh|tai)"),
    (MeansKind.MOTORBIKE, r"(?:xe )?(?:mo ?to|may|gan may|2 banh)|xe may"),
    (MeansKind.PUMP, r"may bom"),
    (MeansKind.LIFE_JACKET, r"ao phao"),
    (MeansKind.RADIO, r"bo dam|may bo dam"),
)
_SO = r"(?:so |luot |so luot |so luong )?"
_GENERAL: tuple[tuple[Means, str, str], ...] = (
    (Means.SKIP, "", r"stt|tt|so tt|so thu tu|thu tu|no"),
    (
        Means.PERSON,
        "",
        r".*\b(?:ho (?:va )?ten|chi huy|nguoi chi huy|to truong|doi truong|truong (?:doan|ca|to)|phu trach|nguoi (?:ghi|lap|truc|ky|tham gia|phu trach|vi pham)|ky ten|chu ky|ky nhan|ky xac nhan|dien thoai|sdt|lien he|cccd|cmnd)\b.*",
    ),
    (
        Means.START,
        "",
        r"(?:(?:tu )?ngay gio (?:di|bat dau|xuat phat)|tu gio|gio (?:di|bat dau|xuat phat|ra|tu)|bat dau|xuat phat|thoi gian (?:di|bat dau|xuat phat)|gio bd|bd|tu (?:luc|may gio)|thoi gian tu)",
    ),
    (
        Means.END,
        "",
        r"(?:(?:den )?ngay gio (?:ve|ket thuc|den)|den gio|gio (?:ve|ket thuc|den|nghi)|ket thuc|thoi gian (?:ve|ket thuc)|gio kt|kt|den (?:luc|may gio)|ve luc|thoi gian den)",
    ),
    (Means.HOURS, "", r"(?:tong )?(?:so gio|thoi luong)(?: tuan tra)?"),
    (
        Means.DAY,
        "",
        r"(?:ngay|ngay thang|ngay thang nam|thu ngay|ngay thuc hien|ngay to chuc|ngay tuan tra|ngay di|ngay truc|thoi gian ngay|ngay thang nam (?:thuc hien|tuan tra)|ngay thang (?:thuc hien|tuan tra))",
    ),
    (
        Means.TIME,
        "",
        r"(?:thoi gian|thoi diem|gio|khung gio|ca|ca tuan tra|ngay gio|gio ngay|thoi gian .*|gio tuan tra|tu gio den gio|ngay gio (?:tuan tra|thuc hien))",
    ),
    (Means.LEAD, "", r"(?:don vi|luc luong|co quan|ben)?(?: )?(?:chu tri|to chuc)(?: (?:thuc hien|tuan tra))?|don vi (?:thuc hien|tuan tra)"),
    (
        Means.PEOPLE,
        LEAD_ITSELF,
        r"(?:quan so|so nguoi|so luong)(?: cua)?(?: don vi| luc luong)? (?:chu tri|minh|ta)|quan so (?:cua )?don vi|(?:chu tri|luc luong chu tri) (?:quan so|so nguoi|nguoi)",
    ),
    (
        Means.PEOPLE,
        OTHERS,
        r"(?:quan so|so nguoi|so luong)(?: cua)?(?: don vi| luc luong)? (?:phoi hop)|(?:phoi hop|luc luong phoi hop) (?:quan so|so nguoi|nguoi)",
    ),
    (
        Means.TOTAL,
        "",
        r"(?:tong|cong|tong so|tong cong|tong quan so|quan so|tong so nguoi|so nguoi(?: tham gia)?|so luong nguoi|tong luc luong|quan so tham gia|so cbcs|so luot nguoi|tong so cbcs|quan so (?:tuan tra|thuc hien))(?: nguoi| tham gia)?",
    ),
    (Means.TEAMS, "", r"(?:so )?to(?: tuan tra)?|so to (?:tuan tra|cong tac)|so luot to|luot to"),
    (
        Means.PARTIES,
        "",
        r"(?:cac )?(?:luc luong|don vi|thanh phan|ben|luc luong don vi|don vi luc luong)?(?: )?(?:phoi hop|tham gia|cung tham gia|hiep dong)(?: (?:tuan tra|thuc hien|tham gia))?|luc luong|thanh phan|phoi hop voi|luc luong tuan tra|thanh phan luc luong|luc luong quan so|quan so luc luong",
    ),
    (
        Means.AREA,
        "",
        r"(?:dia ban|xa|phuong|xa phuong|xa phuong thi tran|xa phuong dac khu|ten xa|don vi hanh chinh|dia ban (?:tuan tra|xa|xa phuong|hoat dong|thuc hien)|dia phuong|xa tt|xa phuong tt)",
    ),
    (Means.KIND, "", r"loai (?:tuyen|hinh(?: tuan tra)?|dia ban)|hinh thuc(?: tuan tra)?"),
    (Means.ROUTE, "", r"(?:ten |ky hieu )?(?:tuyen|lo trinh)(?: (?:duong|tuan tra|di|song|bien))?|tuyen dia ban|cung duong"),
    (
        Means.PLACE,
        "",
        r"(?:dia diem|khu vuc|noi|vi tri|ap|khom|thon|ap khom|to dan pho|khu pho|dia diem khu vuc|muc tieu|dia ban trong diem|noi den)(?: (?:tuan tra|thuc hien|den))?",
    ),
    (Means.ARMED, "", r"(?:co )?(?:vu trang|mang vk|tuan tra vu trang)"),
    (Means.VEHICLES, "", r"(?:phuong tien|phuong tien (?:tham gia|su dung|tuan tra)|pt|trang bi phuong tien)"),
    (
        Means.RESULT,
        "",
        r"(?:ket qua|ket qua (?:tuan tra|thuc hien|xu ly|phat hien)|tinh hinh(?: ket qua)?|tinh hinh va ket qua|noi dung ket qua|noi dung va ket qua|kq|ket qua tinh hinh)",
    ),
    (Means.NOTE, "", r"(?:ghi chu|noi dung|noi dung (?:tuan tra|thuc hien|cong viec)|luu y|dien bien|nhan xet|de xuat|y kien|gc)"),
)
_TITLES = tuple((means, of, re.compile(pattern)) for means, of, pattern in _GENERAL)
_KINDS = (
    *((Means.OUTCOME, kind.value, re.compile(rf"{_SO}(?:vu |truong hop |doi tuong )?(?:{pattern})")) for kind, pattern in _OUTCOMES),
    *((Means.VEHICLES, kind.value, re.compile(rf"{_SO}(?:{pattern})")) for kind, pattern in _VEHICLES),
)
_WHEN = re.compile(r"\b(?:thoi gian|gio|tu den)\b")
_WHO = re.compile(r"\b(?:luc luong|quan so|so nguoi|thanh phan|phoi hop|tham gia|so luong|so cbcs)\b")
_FROM = re.compile(r"tu|bat dau|di|xuat phat|gio di|ra|bd")
_TO = re.compile(r"den|ket thuc|ve|gio ve|vao|kt")
_COUNT_WORDS = re.compile(r"\b(?:quan so|so nguoi|so luong|nguoi|so cbcs|cbcs|dong chi|d c|so)\b")


_SHORT = {"ll": "luc luong", "dv": "don vi", "tg": "thoi gian", "tt": "tuan tra", "dd": "dia diem", "db": "dia ban", "kq": "ket qua"}


def meaning_of(group: str, title: str) -> Meaning:
    """What a heading means; both are folded words, ``group`` stands over several columns ("" if nothing does)."""
    if " " in title:
        title = " ".join(_SHORT.get(word, word) for word in title.split())
    whole = f"{group} {title}".strip()
    if _WHEN.search(group) and title:
        for means, pattern in ((Means.START, _FROM), (Means.END, _TO)):
            if pattern.fullmatch(title):
                return Meaning(means)
    bare = " ".join(_COUNT_WORDS.sub(" ", title).split())
    if (_WHO.search(group) or _COUNT_WORDS.search(title) or not group) and (force := only_force(bare or "-")):
        return Meaning(Means.PEOPLE, force)
    if _WHO.search(group) and bare and any(forces_in(bare)):  # a unit by name: "Công an xã Sông"
        return Meaning(Means.PEOPLE, bare)
    if _WHO.search(group) and title in ("chu tri", "don vi chu tri"):
        return Meaning(
            Means.PEOPLE if "quan so" in group or "so nguoi" in group else Means.LEAD, LEAD_ITSELF if "quan so" in group or "so nguoi" in group else ""
        )
    for text in dict.fromkeys((whole, title)):
        for means, of, pattern in (*_TITLES, *_KINDS):
            if pattern.fullmatch(text):
                return Meaning(means, of)
    return SKIPPED
