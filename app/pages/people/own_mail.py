"""The address of an account, and the way back in for who forgot the password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app import security
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.qr import outward
from app.pages.parts.reply import Reply
from app.security import limits, sessions, signed_in
from app.security.guesses import guessing
from app.services.apart import beside
from app.services.mail import post
from app.services.people import chapters, links, members, own_mail
from app.services.people.own_mail import Changed
from quizzes.refusals import Rejected

pages = Blueprint("own_mail", __name__)

MARK = "0token0"
"""Stands in an address for a token that is made beside the page."""


@pages.route("/me/login", methods=["GET", "POST"])
def login() -> Reply:
    """The names one signs in with. Another address asks for the password."""
    me = signed_in()
    one = members.member(me.id)
    address, sure = own_mail.address_of(me.id)
    form = Form(username=one.username if one else "", email=address)

    def store() -> None:
        with guessing(me.id):
            write(own_mail.change_login(me.id, form["username"], form["email"], form.secret("password")))

    if form.accepted(store):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("own_mail.login" if own_mail.address_of(me.id)[0] != address else "my_data.index"))
    return render_template(
        "people/own_mail/login.html", form=form, address=address, sure=sure, letters=post.open
    ), form.status


@pages.post("/me/mail")
def again() -> Reply:
    """Another letter to the address that waits for its confirmation."""
    me = signed_in()
    wait = limits.rates().spend(limits.LETTERS, "letter", f"member {me.id}")
    if wait:
        limits.refuse(wait)
    write(own_mail.ask_again(me.id))
    flash(gettext("Đã gửi thư. Hãy mở liên kết trong thư trên máy này."), "good")
    return redirect(url_for("own_mail.login"))


@pages.route("/me/mail/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Reply:
    """The link of the letter; a program that only looks at it confirms nothing."""
    if links.link(token, links.ADDRESS) is None:
        raise Rejected("link_gone")
    if request.method == "POST":
        own_mail.confirm(signed_in().id, token)
        flash(gettext("Đã xác nhận địa chỉ thư. Quên mật khẩu thì thư đặt lại sẽ gửi tới đây."), "good")
        return redirect(url_for("my_data.index"))
    return render_template("people/own_mail/confirm.html", address=own_mail.address_of(signed_in().id)[0])


@pages.route("/forgot", methods=["GET", "POST"])
def forgot() -> Reply:
    """Asks for a letter. The reply is the same for a known and an unknown account."""
    form, words = Form(login=""), request.args.get("q", "").strip()
    chapter = chapters.chapter(request.args.get("chapter", 0, int))
    sent = form.accepted(lambda: _ask(form["login"]))
    return render_template(
        "people/own_mail/forgot.html",
        form=form,
        sent=sent,
        letters=post.open,
        words=words,
        chapter=chapter,
        ask=own_mail.whom_to_ask(chapter.path) if chapter else [],
        found=chapters.find_chapters(words, on=today()) if words else [],
    ), form.status


def _ask(login: str) -> None:
    if not post.open:
        raise Rejected("not_now")
    who = sessions.own_browser(members.member_with_code(login)) or security.address()
    wait = limits.rates().spend(limits.LETTERS, "letter", who)
    if wait:
        limits.refuse(wait)
    subject, text = (
        gettext("Đặt lại mật khẩu"),
        gettext(
            "Có người xin đặt lại mật khẩu cho tài khoản của bạn tại Sân Chơi Số. Nếu là bạn, hãy mở liên kết này "
            "trong 30 phút:\n\n%(address)s\n\nNếu không phải bạn, hãy bỏ qua thư này: mật khẩu của bạn không đổi.",
            address=outward("own_mail.reset", token=MARK),
        ),
    )
    beside(_send_reset, login, subject, text)


def _send_reset(login: str, subject: str, text: str) -> None:
    letter = own_mail.forgotten(login)
    if letter is not None:
        post.send(letter.email, subject, text.replace(MARK, letter.token))


@pages.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Reply:
    """A new password, by the letter."""
    link = links.link(token, links.RESET)
    member = members.member(link.member_id or 0) if link else None
    if member is None:
        raise Rejected("link_gone")
    form = Form()

    def store() -> None:
        if form.secret("password") != form.secret("again"):
            raise Rejected("passwords_differ", field="again")
        security.sign_in(own_mail.reset(token, form.secret("password")))

    if form.accepted(store):
        flash(gettext("Mật khẩu mới đã có hiệu lực. Các phiên đăng nhập cũ đã kết thúc."), "good")
        return redirect(url_for("home.index"))
    return render_template("people/accounts/password.html", form=form, member=member), form.status


def write(changed: Changed) -> None:
    """The letters of a change of address: one to the new address, one that tells the former."""
    if changed.token:
        text = gettext(
            "Để dùng địa chỉ này cho tài khoản của bạn tại Sân Chơi Số, hãy mở liên kết sau khi đang đăng nhập:\n\n"
            "%(address)s\n\nNếu bạn không yêu cầu, hãy bỏ qua thư này.",
            address=outward("own_mail.confirm", token=changed.token),
        )
        post.send(changed.email, gettext("Xác nhận địa chỉ thư"), text)
    if changed.former:
        text = gettext(
            "Địa chỉ thư của tài khoản bạn tại Sân Chơi Số vừa được đổi. Nếu không phải bạn đổi, hãy báo ngay người "
            "tổ chức của cơ sở bạn."
        )
        post.send(changed.former, gettext("Địa chỉ thư của tài khoản đã đổi"), text)
