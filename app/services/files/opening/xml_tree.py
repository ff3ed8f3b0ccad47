"""XML as elements with the line of each. No document types, so no entities; bounded in depth and number."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from app.services.files.opening.limits import XML_DEPTH, XML_NODES, Unreadable
from quizzes.importers.contract import LINE
from quizzes.refusals import N_


def read_xml(data: bytes) -> Element:
    """The root element of an XML file, or Unreadable with the line."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise Unreadable("xml_refused", N_("Tệp XML khai báo DOCTYPE hoặc thực thể nên không được nhận.")) from None
    except ParseError as error:
        raise Unreadable("xml_syntax", N_("Tệp XML viết sai ở dòng này."), line=error.position[0]) from None
    except (ValueError, LookupError):
        raise Unreadable("xml_syntax", N_("Tệp XML viết sai ở dòng này."), line=1) from None
    return root


class _Builder(TreeBuilder):
    """Notes the line of each element while it is built, and stops where there are too many."""

    parser: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth, self.count = self.depth + 1, self.count + 1
        line = self.parser.CurrentLineNumber if self.parser is not None else 1
        if self.depth > XML_DEPTH or self.count > XML_NODES:
            raise Unreadable("xml_size", N_("Tệp có quá nhiều mục."), line=line)
        return super().start(tag, {**attrs, LINE: str(line)})

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)
