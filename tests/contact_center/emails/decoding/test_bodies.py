"""The text and the HTML of a mail, from whatever parts it has."""

import pytest

from kinflow.contact_center.emails.decoding import decode, with_pictures

from . import mail, multipart, sample

PLAIN = mail("Content-Type: text/plain; charset=utf-8", body="您好")
RICH = mail("Content-Type: text/html; charset=utf-8", body="<p>您好 <b>rich</b></p>")


def html(markup: str) -> bytes:
    return mail("Content-Type: text/html; charset=utf-8", body=markup)


def test_of_alternatives_the_plain_one_is_the_text_and_the_rich_one_the_html():
    found = decode(multipart("alternative", PLAIN, RICH))
    assert (found.text, found.html) == ("您好", "<p>您好 <b>rich</b></p>")


def test_an_empty_plain_alternative_gives_way_to_the_rich_one():
    empty = mail("Content-Type: text/plain", body="\r\n ")
    assert decode(multipart("alternative", empty, RICH)).text == "您好 rich"


def test_texts_after_each_other_are_all_read_in_order():
    footer = mail("Content-Type: text/plain", body="footer")
    found = decode(multipart("mixed", RICH, footer))
    assert found.text == "您好 rich\n\nfooter"
    assert found.html == "<p>您好 <b>rich</b></p>\n<hr>\n<pre>footer</pre>"


def test_parts_inside_parts_are_read():
    inner = multipart("alternative", PLAIN, RICH, boundary="inner")
    found = decode(multipart("mixed", inner, mail("Content-Type: image/png", body="x"), boundary="outer"))
    assert (found.text, len(found.attachments)) == ("您好", 1)


def test_a_boundary_that_begins_like_another_is_told_apart():
    found = decode(sample("ruby-mail/email_with_similar_boundaries.eml"))
    assert (found.text, [a.name for a in found.attachments]) == ("Test", ["LOGO.png"])


def test_lines_that_only_hold_or_begin_like_a_boundary_are_text():
    inside = b"--bb\n --b\nx--b\n--b x\nlast"
    raw = mail(
        "Content-Type: multipart/mixed; boundary=b", body=b"--b\n\n" + inside + b"\n--b--\n--b\n\nno\n"
    )
    assert decode(raw).text == inside.decode()


def test_a_boundary_without_quotation_marks_is_found():
    assert decode(sample("ruby-mail/raw_email_with_illegal_boundary.eml")).text.startswith(
        "Hello\nThis is an outlook"
    )


def test_of_two_content_types_the_first_counts():
    assert decode(sample("ruby-mail/multiple_content_types.eml")).text == "foo"


def test_a_mail_that_breaks_off_gives_what_is_there_and_says_so():
    whole = multipart("mixed", PLAIN, mail("Content-Type: text/plain", body="second part"))
    found = decode(whole[: whole.index(b"second") + 3])
    assert found.text == "您好\n\nsec"
    assert [flaw.code for flaw in found.flaws if "part" in flaw.code] == ["parts-cut-off"]


def test_parts_without_a_boundary_are_read_as_text():
    found = decode(mail("Content-Type: multipart/mixed", body="just text"))
    assert found.text == "just text"
    assert "boundary-missing" in [flaw.code for flaw in found.flaws]


def test_flowed_lines_are_joined():
    raw = mail("Content-Type: text/plain; format=flowed", body="one \r\ntwo \r\nthree\r\nfour")
    assert decode(raw).text == "one two three\nfour"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b<div>c</div>d", "a\nb\nc\nd"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        (
            "<table><tr><td>型号</td><td>数量</td></tr><tr><td>X1</td><td>3</td></tr></table>",
            "型号 数量\nX1 3",
        ),
        ('<a href="https://a.cn/x">offer</a>', "offer <https://a.cn/x>"),
        ('<a href="https://a.cn/">https://a.cn</a>', "https://a.cn"),
        ("<style>p{}</style><script>x()</script>seen<p hidden>unseen</p>", "seen"),
        ("a&nbsp;b &lt;c&gt; &#20320;", "a b <c> 你"),
        (
            "<p>mine</p><blockquote>theirs<blockquote>older</blockquote></blockquote>",
            "mine\n\n> theirs\n>\n>> older",
        ),
        ('<div>mine</div><div class="gmail_quote">theirs</div>', "mine\n> theirs"),
        ("<pre>a\n  b</pre>", "a\n  b"),
    ],
)
def test_html_becomes_text_as_one_would_type_it(markup, text):
    assert decode(html(markup)).text == text


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        '<img src="https://spy.example/p.gif">',
        '<img src="//spy.example/p.gif">',
        '<img srcset="https://spy.example/p.gif 2x">',
        '<p style="background:url(https://spy.example/x)">x</p>',
        '<p style="color:\\75rl(https://spy.example/x)">x</p>',
        '<link rel="stylesheet" href="https://spy.example/x.css">',
        '<body background="https://spy.example/x.png">x</body>',
        '<iframe src="https://spy.example"></iframe>',
        '<a href="javascript:spy.example">x</a>',
        '<a href="data:text/html,spy.example">x</a>',
        "<p onclick=\"fetch('spy.example')\">x</p>",
        '<svg><image href="https://spy.example"/></svg>',
        '<form action="https://spy.example"><input name="a"></form>',
        '<video poster="https://spy.example/x.png"></video>',
        '<math><mi xlink:href="javascript:spy.example">x</mi></math>',
    ],
)
def test_html_that_is_shown_runs_nothing_and_fetches_nothing(markup):
    shown = decode(html(f"<p>before</p>{markup}<p>after</p>")).html
    assert "spy.example" not in shown
    assert "alert" not in shown
    assert "before" in shown
    assert "after" in shown


def test_pictures_that_came_along_are_shown_from_where_we_keep_them():
    shown = decode(html('<img src="cid:a@b" alt="logo"><img src="cid:gone">')).html
    assert with_pictures(shown, {"a@b": "/files/1"}) == '<img src="/files/1" alt="logo"><img src="">'


def test_links_open_elsewhere_and_tell_nothing_of_us():
    shown = decode(html('<a href="https://a.cn">x</a>')).html
    assert 'rel="noopener noreferrer nofollow"' in shown
    assert 'target="_blank"' in shown
