//! Deflate and Deflate64, from pieces of input to pieces of output through a window of fixed size.

use deflate64::InflaterManaged;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, TINFL_LZ_DICT_SIZE, decompress, inflate_flags};

/// What is written before the history moves to the front again. Together with the history it fits the second-level
/// cache of any machine.
const ROOM: usize = 96 * 1024;

const FLAGS: u32 = inflate_flags::TINFL_FLAG_HAS_MORE_INPUT
    | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
    | inflate_flags::TINFL_FLAG_IGNORE_ADLER32;

/// How much the Deflate64 decoder is given at a time. What it makes of damaged data depends on where its input ends,
/// which must not be where the file happened to be cut when it was read.
const BLOCK: usize = 16 * 1024;

/// How a run of packed data goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// All input is used and the data is not over.
    More,
    /// The data is over; what was not used comes after it.
    Done,
    /// The data makes no sense from here on.
    Broken,
}

pub(super) struct Inflate {
    decoder: Decoder,
    /// Input for Deflate64, until it is a [`BLOCK`].
    held: Vec<u8>,
    /// History and room for output.
    window: Vec<u8>,
    /// Where output goes next.
    at: usize,
}

enum Decoder {
    Deflate(Box<DecompressorOxide>),
    /// It keeps its own history; the window only takes the output.
    Deflate64(Box<InflaterManaged>),
}

impl Inflate {
    pub(super) fn deflate() -> Self {
        let window = vec![0; TINFL_LZ_DICT_SIZE + ROOM];
        Self { decoder: Decoder::Deflate(Box::default()), held: Vec::new(), window, at: 0 }
    }

    /// Its data must be given with nothing after it, as it reads ahead, and [`Inflate::flush`] when there is no more.
    pub(super) fn deflate64() -> Self {
        let decoder = Decoder::Deflate64(Box::new(InflaterManaged::new()));
        Self { decoder, held: Vec::new(), window: vec![0; ROOM], at: 0 }
    }

    /// Begins a new run of plain Deflate, in the same memory.
    pub(super) fn restart(&mut self) {
        match &mut self.decoder {
            Decoder::Deflate(state) => state.init(),
            Decoder::Deflate64(_) => self.decoder = Decoder::Deflate(Box::default()),
        }
        self.held.clear();
        self.window.resize(TINFL_LZ_DICT_SIZE + ROOM, 0);
        self.at = 0;
    }

    /// Unpacks `input`, and says how much of it was used.
    pub(super) fn push(&mut self, input: &[u8], out: &mut dyn FnMut(&[u8])) -> (usize, Progress) {
        if matches!(self.decoder, Decoder::Deflate(_)) {
            return self.decode(input, out);
        }
        let mut used = 0;
        while let Some(rest) = input.get(used..).filter(|rest| !rest.is_empty()) {
            let piece = rest.get(..BLOCK.saturating_sub(self.held.len())).unwrap_or(rest);
            self.held.extend_from_slice(piece);
            used += piece.len();
            if self.held.len() >= BLOCK {
                let progress = self.flush(out);
                if progress != Progress::More {
                    return (used, progress);
                }
            }
        }
        (used, Progress::More)
    }

    /// Unpacks what was held back of the input.
    pub(super) fn flush(&mut self, out: &mut dyn FnMut(&[u8])) -> Progress {
        let held = std::mem::take(&mut self.held);
        let (_, progress) = self.decode(&held, out);
        self.held = held;
        self.held.clear();
        progress
    }

    fn decode(&mut self, input: &[u8], out: &mut dyn FnMut(&[u8])) -> (usize, Progress) {
        let mut used = 0;
        loop {
            self.make_room();
            let rest = input.get(used..).unwrap_or_default();
            let (taken, written, progress) = match &mut self.decoder {
                Decoder::Deflate(state) => {
                    let (status, taken, written) = decompress(state, rest, &mut self.window, self.at, FLAGS);
                    let progress = match status {
                        TINFLStatus::Done => Some(Progress::Done),
                        TINFLStatus::NeedsMoreInput => Some(Progress::More),
                        TINFLStatus::HasMoreOutput if written > 0 => None,
                        _ => Some(Progress::Broken),
                    };
                    (taken, written, progress)
                }
                Decoder::Deflate64(state) => {
                    let step = state.inflate(rest, &mut self.window);
                    // It stops with output still inside it, at the end of the input as at a damage: ask until there
                    // is none.
                    let progress = match step.bytes_consumed + step.bytes_written {
                        0 if step.data_error => Some(Progress::Broken),
                        0 if state.finished() => Some(Progress::Done),
                        0 => Some(Progress::More),
                        _ => None,
                    };
                    (step.bytes_consumed, step.bytes_written, progress)
                }
            };
            used += taken;
            let end = self.at.saturating_add(written);
            if let Some(piece) = self.window.get(self.at..end).filter(|piece| !piece.is_empty()) {
                out(piece);
            }
            if matches!(self.decoder, Decoder::Deflate(_)) {
                self.at = end;
            }
            if let Some(progress) = progress {
                return (used, progress);
            }
        }
    }

    /// Moves the history to the front, when the window is full.
    fn make_room(&mut self) {
        if self.at >= self.window.len() {
            self.window.copy_within(ROOM.., 0);
            self.at = TINFL_LZ_DICT_SIZE;
        }
    }
}
