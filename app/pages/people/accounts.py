"""Coming in: signing in and out, signing up, and the pages behind one-time links."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug import Response

from app import security
from app.language import current
from app.pages.parts.forms import Form, safe_next
from app.pages.parts.frame import today
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.pages.people.passkeys import possible as passkeys_possible
from app.security import headers, limits, sessions
from app.security.guesses import guessing
from app.services.people import accounts, chapters, links, logins, members, person
from app.services.people.accounts import Agreed, SignedUp, SignUp
from app.services.people.consent import PURPOSES, Wording
from app.services.people.kinds import KINDS
from app.services.people.outside import provider
from app.services.people.public_names import is_child
from app.services.people.tree import Draft
from quizzes.refusals import N_, Rejected

pages = Blueprint("accounts", __name__)

RELATIONS = {"mother": N_("Mẹ"), "father": N_("Cha"), "guardian": N_("Người giám hộ")}


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Reply:
    """Sign in by username, e-mail or member code."""
    onward = safe_next(request.values.get("next"), url_for("home.index"))
    if security.current_member() is not None and request.method == "GET":
        return redirect(onward)
    form = Form()
    if form.accepted(lambda: _sign_in(form)):
        return redirect(onward)
    return render_template(
        "people/accounts/sign_in.html",
        outside=provider.name if provider.open else "",
        form=form,
        next=onward,
        signup=headers.settings().signup,
        keys=passkeys_possible(),
    ), form.status


def _sign_in(form: Form) -> None:
    with guessing(form["login"]):
        member_id = logins.right_password(form["login"], form.secret("password"))
    security.sign_in(member_id)


@pages.post("/sign-out")
def sign_out() -> Response:
    """The session ends on the server too: a copied cookie is worth nothing afterwards."""
    security.sign_out()
    flash(gettext("Bạn đã đăng xuất."), "good")
    return redirect(url_for("home.index"))


@pages.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> Reply:
    """In three small steps: the chapter, the year of birth, then what that age is asked for."""
    invitation = _invitation()
    mode = headers.settings().signup
    if mode == "closed" or (mode == "invited" and invitation is None):
        return render_template("people/accounts/closed.html", mode=mode), 403
    chapter = chapters.chapter(invitation.chapter_id if invitation else request.values.get("chapter", 0, int))  # type: ignore[arg-type]
    if chapter is None:
        words = request.args.get("q", "")
        found = chapters.find_chapters(words, on=today()) if words.strip() else []
        return render_template("people/accounts/sign_up_chapter.html", words=words, found=found, kinds=KINDS)
    born = request.values.get("born", type=int)
    try:
        person.clean_birth_year(born)
    except Rejected as refusal:
        return render_template("people/accounts/sign_up_year.html", chapter=chapter, refusal=refusal, born=born), 422
    if born is None:
        return render_template("people/accounts/sign_up_year.html", chapter=chapter, refusal=None, born="")
    form = Form()
    if form.accepted(lambda: _sign_up(form, chapter.id, born, invitation is not None)):
        return redirect(where_to())
    page = "people/accounts/sign_up.html"
    return render_template(
        page, form=form, chapter=chapter, born=born, child=is_child(born), purposes=PURPOSES
    ), form.status


def _sign_up(form: Form, chapter_id: int, born: int, invited: bool) -> None:
    wait = limits.rates().spend(limits.SIGN_UPS, "sign up", security.address())
    if wait:
        limits.refuse(wait)
    new = SignUp(
        chapter_id, born, form["username"], form.secret("password"), form["name"], form["nickname"], form["email"]
    )
    child = is_child(born)
    if child and not form["nickname"]:
        raise Rejected("bad_name", field="nickname")
    let_in(
        accounts.sign_up(new, None if child else agreed(form), invitation=session["invitation"] if invited else None)
    )


def let_in(made: SignedUp) -> None:
    """Sign the new member in, or keep the guardian's link for the page that shows it."""
    if made.guardian_token is None:
        security.sign_in(made.member_id)
        flash(gettext("Tài khoản đã sẵn sàng. Chào bạn!"), "good")
        return
    session.clear()
    session.permanent = True  # this browser is the child's, also tomorrow
    session["guardian"], session["child"] = made.guardian_token, made.member_id


def where_to() -> str:
    """The next page of a new account: for a child the guardian's link."""
    return url_for("accounts.waiting" if session.get("guardian") else "home.index")


@pages.get("/sign-up/waiting")
def waiting() -> Reply:
    """The link a child takes to a parent."""
    token = session.get("guardian")
    if not token or links.link(token, links.GUARDIAN) is None:
        return redirect(url_for("home.index"))
    address = outward("accounts.guardian", token=token)
    return render_template("people/accounts/waiting.html", address=address, code=qr(address))


@pages.route("/guardian/<token>", methods=["GET", "POST"])
def guardian(token: str) -> Reply:
    """A parent reads what it is about, gives the child's name and agrees, purpose by purpose."""
    link = _link(token, links.GUARDIAN)
    child = members.member(link.member_id or 0)
    if child is None:
        raise Rejected("link_gone")
    me = security.current_member()
    if child.id == session.get("child") or (me and me.id == child.id) or sessions.own_browser(child.id):
        raise Rejected("guardians_own")
    form = Form(name=child.name if child.name != child.nickname else "", nickname=child.nickname)
    opened: list[bool] = []

    def agree() -> None:
        if form["relation"] not in RELATIONS or not form.ticked("is_guardian"):
            raise Rejected("relation", field="relation")
        opened.append(
            accounts.guardian_agrees(
                token,
                form["name"],
                form["guardian"],
                form["relation"],
                agreed(form, "guardian"),
                nickname=form["nickname"],
                guardian_id=me.id if me else None,
            )
        )

    if form.accepted(agree):
        return render_template("people/accounts/guardian_done.html", child=child, opened=opened[0])
    relations = [("", gettext("Chọn")), *((key, gettext(word)) for key, word in RELATIONS.items())]
    page = "people/accounts/guardian.html"
    return render_template(page, form=form, child=child, relations=relations, purposes=PURPOSES), form.status


@pages.get("/invited/<token>")
def invited(token: str) -> Response:
    """An organiser's invitation leads into the sign-up of that chapter."""
    _link(token, links.INVITATION)
    session["invitation"] = token
    return redirect(url_for("accounts.sign_up"))


@pages.route("/password/<token>", methods=["GET", "POST"])
def activate(token: str) -> Reply:
    """A new password for an account; for a member without one, the account itself."""
    link = _link(token, links.PASSWORD)
    member = members.member(link.member_id or 0)
    if member is None:
        raise Rejected("link_gone")
    form = Form(username="", birth_year=member.birth_year)

    def store() -> None:
        if form.secret("password") != form.secret("again"):
            raise Rejected("passwords_differ", field="again")
        if link.has_account:
            security.sign_in(logins.new_password(token, form.secret("password")))
            flash(gettext("Mật khẩu mới đã có hiệu lực. Các phiên đăng nhập cũ đã kết thúc."), "good")
            return
        born = member.birth_year or form.number("birth_year", "birth_year")
        terms = None if is_child(born) else agreed(form)
        let_in(accounts.activate(token, form["username"], form.secret("password"), born, terms))

    if form.accepted(store):
        return redirect(where_to())
    page = "people/accounts/password.html" if link.has_account else "people/accounts/activate.html"
    return render_template(page, form=form, member=member, purposes=PURPOSES), form.status


@pages.route("/start/<token>", methods=["GET", "POST"])
def first(token: str) -> Reply:
    """The first administrator; the link dies at its first use."""
    _link(token, links.FIRST_ADMIN)
    form = Form(kind="xa_phuong")

    def make() -> None:
        year = form.number("birth_year", "birth_year")
        if year is None:
            raise Rejected("birth_year", field="birth_year")
        new = SignUp(0, year, form["username"], form.secret("password"), form["name"], email=form["email"])
        organisation = Draft(form["organisation"], form["kind"])
        try:
            security.sign_in(accounts.first_administrator(token, organisation, new, agreed(form)))
        except Rejected as refusal:
            if refusal.code == "chapter_name":
                raise Rejected("chapter_name", field="organisation") from refusal
            raise

    if form.accepted(make):
        flash(gettext("Bạn là quản trị viên. Hãy thêm cơ sở và đoàn viên, hoặc mở một chương trình."), "good")
        return redirect(url_for("admin.index"))
    kinds = [(key, gettext(word)) for key, word in KINDS.items()]
    return render_template("people/accounts/first.html", form=form, kinds=kinds, purposes=PURPOSES), form.status


def agreed(form: Form, channel: str = "self") -> Agreed:
    """The boxes as ticked, with the wording that stood beside them."""
    lang = current()
    wordings = {purpose: Wording(lang, gettext(words)) for purpose, (_, words) in PURPOSES.items()}
    decisions = {purpose: form.ticked(f"consent_{purpose}") for purpose in PURPOSES}
    return Agreed(decisions, wordings, security.proof(channel))


def _link(token: str, purpose: str) -> links.Link:
    found = links.link(token, purpose)
    if found is None:
        raise Rejected("link_gone")
    return found


def _invitation() -> links.Link | None:
    token = session.get("invitation")
    return links.link(token, links.INVITATION) if token else None
