//! The lines of an artifact around a place, with the place marked. Only a window of them is in the page; more is
//! read from the file as the reader scrolls. The scroll bar stands for the bytes of the whole file.

use super::browser;
use super::lines::{self, End, Row, Stretch};
use super::scroll;
use super::state::{self, Place, State};
use super::text::text;
use crate::worker::{Lines, Slice};
use leptos::{ev, html, prelude::*};

/// Bytes that are read beyond one end at once. A longer line makes it read more.
const PIECE: u64 = 32 << 10;
/// The most that is read at once for the sake of one line.
const LARGEST: u64 = 16 << 20;
/// Pixels of a page that stay in sight on the next.
const HOLD: i32 = 24;
/// The line of a byte, or the byte of a line, that the worker has to find.
const UNKNOWN_LINE: u64 = 0;
const UNKNOWN_BYTE: u64 = u64::MAX;

/// What the viewer holds while it is open.
#[derive(Clone, Copy)]
pub struct View {
    state: State,
    place: StoredValue<Place>,
    /// The window of lines.
    pub rows: RwSignal<Vec<Row>>,
    /// Bytes of the whole.
    pub total: RwSignal<u64>,
    /// First byte in sight and one past the last.
    pub sight: RwSignal<(u64, u64)>,
    is_reading: RwSignal<bool>,
    failure: RwSignal<Option<String>>,
    /// The place that the reader wanted while another was being read.
    wanted: StoredValue<Option<Slice>>,
    /// Bytes of the next piece at either end.
    piece: StoredValue<u64>,
    /// Where the last line of the file begins, once that was read.
    last: StoredValue<Option<u64>>,
}

/// The viewer. It is there only while it shows something.
pub fn viewer(state: State) -> AnyView {
    (move || state.viewer.get().map(|place| open(state, place))).into_any()
}

fn open(state: State, place: Place) -> AnyView {
    let (stretch, origin) = (place.stretch, place.origin.clone());
    let (name, note) = (place.name.clone(), place.note.clone());
    let view = View {
        state,
        place: StoredValue::new(place),
        rows: RwSignal::new(Vec::new()),
        total: RwSignal::new(0),
        sight: RwSignal::new((0, 0)),
        is_reading: RwSignal::new(false),
        failure: RwSignal::new(None),
        wanted: StoredValue::new(None),
        piece: StoredValue::new(PIECE),
        last: StoredValue::new(None),
    };
    to_place(view);
    browser::after_drawing(move || {
        browser::focus("viewer");
        // The viewer covers the lower part of the page; the finding stays in sight above it.
        browser::keep_in_sight(&origin);
    });
    let rows = ForProps::builder()
        .each(move || view.rows.get())
        .key(|row: &Row| (row.byte, row.text.len(), row.number))
        .children(move |row| line(&row, stretch))
        .build();
    html::aside()
        .attr("class", "viewer")
        .attr("id", "viewer")
        .attr("role", "region")
        .attr("tabindex", "-1")
        .attr("aria-label", (text().viewer_label)(&name))
        .child((
            html::div().attr("class", "viewer-head").child((
                html::p().child((
                    html::strong().child(name),
                    " ",
                    html::span().child((text().viewer_place)(stretch.line, stretch.end_line)),
                    html::span().attr("class", "viewer-note").child(note),
                )),
                reading(view),
                again(view, stretch),
                html::button()
                    .attr("type", "button")
                    .attr("id", "viewer-back")
                    .on(ev::click, move |_| state::leave_viewer(state))
                    .child(text().viewer_back),
            )),
            html::div().attr("class", "viewer-body").child((
                html::div()
                    .attr("class", "viewer-lines")
                    .attr("id", "viewer-lines")
                    .attr("tabindex", "0")
                    .attr("role", "group")
                    .attr("aria-label", (text().viewer_place)(stretch.line, stretch.end_line))
                    .attr("aria-busy", move || if view.is_reading.get() { "true" } else { "false" })
                    .on(ev::scroll, move |_| scrolled(view))
                    .on(ev::keydown, move |event| press(view, &event))
                    .child((failure(view), For(rows))),
                scroll::bar(view),
            )),
        ))
        .into_any()
}

/// Says that lines are on their way, where that takes long enough to be seen.
fn reading(view: View) -> AnyView {
    html::span()
        .attr("class", "viewer-reading muted")
        // Scrolling reads often: a live region would not stop talking. The lines carry `aria-busy`.
        .attr("aria-hidden", "true")
        .child(move || if view.is_reading.get() { text().viewer_reading } else { "" })
        .into_any()
}

/// The way back to the marked place, once it is out of sight.
fn again(view: View, stretch: Stretch) -> AnyView {
    let is_held = Memo::new(move |_| view.rows.with(|rows| rows.iter().any(|row| lines::is_marked(row, stretch))));
    (move || {
        let is_away = !is_held.get() && !view.rows.with(Vec::is_empty);
        is_away.then(|| {
            html::button()
                .attr("type", "button")
                .attr("id", "viewer-again")
                .attr("class", "quiet")
                .on(ev::click, move |_| {
                    browser::focus("viewer-lines");
                    to_place(view);
                })
                .child((text().viewer_again)(stretch.line))
        })
    })
    .into_any()
}

fn failure(view: View) -> AnyView {
    (move || view.failure.get().map(|failure| html::p().attr("class", "viewer-failure").child(failure))).into_any()
}

fn line(row: &Row, stretch: Stretch) -> AnyView {
    let shown = lines::shown(row, stretch);
    let is_marked = lines::is_marked(row, stretch);
    let is_first = row.number == Some(stretch.line as u64);
    let mark =
        (!shown.mark.is_empty()).then(|| html::mark().attr("id", is_first.then_some("viewer-mark")).child(shown.mark));
    let hidden = (shown.hidden > 0)
        .then(|| html::span().attr("class", "hidden-text").child((text().viewer_hidden)(shown.hidden)));
    html::div()
        .attr("class", if is_marked { "line marked" } else { "line" })
        .attr("id", row_id(row.byte))
        .child((
            html::span().attr("class", "line-number").child(row.number.map(|number| number.to_string())),
            html::code().child((shown.before, mark, shown.after, hidden)),
        ))
        .into_any()
}

fn row_id(byte: u64) -> String {
    format!("line-at-{byte}")
}

/// Reads the lines around the place and shows it.
fn to_place(view: View) {
    let stretch = view.place.with_value(|place| place.stretch);
    let (byte, end) = stretch.bytes.unwrap_or((UNKNOWN_BYTE, UNKNOWN_BYTE));
    let length = end.saturating_sub(byte).min(8 * PIECE);
    read(view, slice(view, byte, stretch.line as u64, PIECE, PIECE + length));
}

/// Shows the lines at a byte of the file.
pub fn to_byte(view: View, byte: u64) {
    let total = view.total.get_untracked();
    let line = if byte == 0 { 1 } else { UNKNOWN_LINE };
    // At the end everything that is wanted lies before.
    let before = if byte >= total { 2 * PIECE } else { PIECE };
    read(view, slice(view, byte.min(total), line, before, PIECE));
}

fn slice(view: View, byte: u64, line: u64, before: u64, after: u64) -> Slice {
    view.place.with_value(|place| Slice { input: place.input, member: place.member.clone(), byte, line, before, after })
}

/// Reads another part of the file and shows it in the place of the lines that are held. While one part is being
/// read only the last wish counts.
fn read(view: View, slice: Slice) {
    if view.is_reading.get_untracked() {
        view.wanted.set_value(Some(slice));
        return;
    }
    let (byte, line) = (slice.byte, slice.line);
    ask(view, slice, move |piece| {
        let is_end = piece.end_byte >= piece.total_bytes;
        let rows = lines::rows(piece.first_line, piece.lines, is_end);
        note_end(view, &rows, is_end);
        let found = match byte {
            UNKNOWN_BYTE => rows.iter().find(|row| row.number == Some(line)).map_or(0, |row| row.byte),
            byte => byte,
        };
        let rows = lines::around(rows, found);
        let target = rows.iter().rfind(|row| row.byte <= found).map(|row| row_id(row.byte));
        let is_jump = line == UNKNOWN_LINE || found == 0;
        view.piece.set_value(PIECE);
        view.rows.set(rows);
        browser::next_frame(move || {
            let Some(scroller) = browser::element("viewer-lines") else { return };
            let third = scroller.client_height() / 3;
            if let Some(row) = target
                && (is_jump || !browser::reveal(&scroller, "viewer-mark", third))
            {
                browser::reveal(&scroller, &row, if is_jump { 0 } else { third });
            }
            scrolled(view);
        });
    });
}

/// Reads on at one end of the lines that are held, where the reader comes near it.
fn read_on(view: View, end: End) {
    let piece = view.piece.get_value();
    let edge = view.rows.with_untracked(|rows| {
        let row = match end {
            End::Top => rows.first(),
            End::Bottom => rows.last(),
        };
        row.map(|row| (row.byte, row.number.unwrap_or(UNKNOWN_LINE)))
    });
    let Some((byte, line)) = edge else { return };
    let (before, after) = match end {
        // A little of what is held already, so that no line is cut where the piece ends.
        End::Top => (piece, 1),
        End::Bottom => (0, piece),
    };
    ask(view, slice(view, byte, line, before, after), move |answer| {
        let is_end = answer.end_byte >= answer.total_bytes;
        let rows = lines::rows(answer.first_line, answer.lines, is_end || end == End::Top);
        note_end(view, &rows, is_end && end == End::Bottom);
        let joined = view.rows.with_untracked(|held| lines::joined(held, rows, end));
        match joined {
            Some(rows) => {
                view.piece.set_value(PIECE);
                let Some(scroller) = browser::element("viewer-lines") else { return };
                let anchor = browser::row_in_sight(&scroller, "line");
                view.rows.set(rows);
                browser::next_frame(move || {
                    if let Some((row, distance)) = anchor {
                        browser::put_back(&scroller, &row, distance);
                    }
                    scrolled(view);
                });
            }
            // One line is longer than the piece.
            None if piece < LARGEST && !is_end => {
                view.piece.set_value(piece * 4);
                scrolled(view);
            }
            None => {}
        }
    });
}

fn note_end(view: View, rows: &[Row], is_end: bool) {
    if is_end {
        view.last.set_value(rows.last().map(|row| row.byte));
    }
}

/// Asks for a piece and says so. Nothing happens when the viewer was closed before it came.
fn ask(view: View, slice: Slice, use_it: impl FnOnce(Lines) + 'static) {
    view.is_reading.set(true);
    view.failure.set(None);
    state::lines(view.state, slice, move |answer| {
        if view.rows.is_disposed() {
            return;
        }
        view.is_reading.set(false);
        match answer {
            Ok(lines) => {
                view.total.set(lines.total_bytes);
                if let Some(wanted) = view.wanted.try_update_value(Option::take).flatten() {
                    read(view, wanted);
                } else {
                    use_it(lines);
                }
            }
            Err(failure) => view.failure.set(Some(failure)),
        }
    });
}

/// Keeps the scroll bar where the reader is, and reads on before the reader comes to an end.
fn scrolled(view: View) {
    let Some(scroller) = browser::element("viewer-lines").filter(|_| !view.rows.is_disposed()) else { return };
    let height = scroller.client_height();
    let (top, below) = (scroller.scroll_top(), scroller.scroll_height() - scroller.scroll_top() - height);
    let Some((first, last)) = browser::rows_in_sight(&scroller, "line") else { return };
    let (first_byte, begin, end) = view.rows.with_untracked(|rows| {
        let byte = |at: usize| rows.get(at).map(|row| row.byte);
        // The last row in sight ends where the next begins.
        let end = byte(last + 1).unwrap_or_else(|| view.total.get_untracked());
        (byte(0).unwrap_or(0), byte(first).unwrap_or(0), end)
    });
    view.sight.set((begin, end));
    if view.is_reading.get_untracked() || view.failure.with_untracked(Option::is_some) {
        return;
    }
    let is_at_end = view.rows.with_untracked(|rows| rows.last().map(|row| row.byte)) == view.last.get_value();
    if top < 2 * height && first_byte > 0 {
        read_on(view, End::Top);
    } else if below < 2 * height && !is_at_end {
        read_on(view, End::Bottom);
    }
}

fn press(view: View, event: &web_sys::KeyboardEvent) {
    match event.key().as_str() {
        "Home" => {
            event.prevent_default();
            to_byte(view, 0);
        }
        "End" => {
            event.prevent_default();
            to_byte(view, view.total.get_untracked());
        }
        // The browser's own paging glides, and a glide ends where lines are added on the way.
        "PageDown" => page(event, 1),
        "PageUp" => page(event, -1),
        _ => {}
    }
}

/// Scrolls by what is in sight, less a line to hold on to.
fn page(event: &web_sys::KeyboardEvent, pages: i32) {
    event.prevent_default();
    if let Some(scroller) = browser::element("viewer-lines") {
        let height = (scroller.client_height() - HOLD).max(HOLD);
        scroller.set_scroll_top(scroller.scroll_top() + pages * height);
    }
}
