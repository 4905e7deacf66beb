import io

import pytest
from PIL import Image

from phoihop.kernel.gates.files import media_of, without_traces
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused

from .samples import GPS, a_docx, a_photo


def opened(upload):
    return Image.open(io.BytesIO(upload.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_out_without_place_time_and_camera(kind):
    photo = a_photo(kind)
    assert dict(opened(photo).getexif().get_ifd(GPS)) != {}
    bare = without_traces(photo)
    picture = opened(bare)
    assert dict(picture.getexif()) == {}
    assert {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(picture.info) == set()
    assert b"Camera" not in bare.content
    assert (media_of(bare), bare.name) == (media_of(photo), photo.name)


def test_a_photo_taken_on_its_side_stands_upright():
    assert opened(without_traces(a_photo(size=(640, 480)))).size == (480, 640)


def test_a_large_photo_is_made_smaller_and_a_small_one_stays():
    assert max(opened(without_traces(a_photo(size=(4000, 3000)))).size) == 1600
    assert opened(without_traces(a_photo(size=(64, 48)))).size == (48, 64)


def test_what_is_see_through_stays_so():
    assert opened(without_traces(a_photo("PNG", mode="RGBA"))).mode == "RGBA"


def test_notes_behind_the_picture_are_gone():
    hidden = Upload("a.jpg", a_photo().content + b"PK\x03\x04 hidden behind the end")
    assert b"hidden" not in without_traces(hidden).content


def test_what_is_no_picture_comes_back_as_it_is():
    document = a_docx("x")
    assert without_traces(document) is document


def test_a_picture_that_cannot_be_drawn_is_refused_with_a_sentence():
    with pytest.raises(Refused) as refused:
        without_traces(Upload("a.png", a_photo("PNG").content[:90]))
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("file-unreadable", "upload")
