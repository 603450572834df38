//! Portraits, painted on demand: a figure before a gradient, recognisable at a hundred pixels.

use super::Portrait;

type Colour = [f32; 3];

/// Colours of a portrait: backdrop from top left to bottom right, clothes, skin, hair.
struct Palette {
    backdrop: [Colour; 2],
    clothes: Colour,
    skin: Colour,
    hair: Colour,
}

/// An upright ellipse in a unit square whose origin is the top left corner.
struct Ellipse {
    centre: (f32, f32),
    radii: (f32, f32),
}

const HAIR: Ellipse = Ellipse {
    centre: (0.5, 0.40),
    radii: (0.215, 0.235),
};
const NECK: Ellipse = Ellipse {
    centre: (0.5, 0.64),
    radii: (0.085, 0.14),
};
const SHOULDERS: Ellipse = Ellipse {
    centre: (0.5, 1.06),
    radii: (0.40, 0.35),
};
const FACE: Ellipse = Ellipse {
    centre: (0.5, 0.45),
    radii: (0.165, 0.205),
};

/// The portrait as a PNG of `size` by `size` pixels.
///
/// # Errors
/// Only if the encoder refuses, which it has no reason to.
pub(crate) fn picture(portrait: Portrait, size: u16) -> Result<Vec<u8>, png::EncodingError> {
    let palette = Palette::of(portrait);
    let pixel = 1.0 / f32::from(size.max(1));
    let mut pixels = Vec::with_capacity(usize::from(size) * usize::from(size) * 3);
    for row in 0..size {
        for column in 0..size {
            let at = (
                (f32::from(column) + 0.5) * pixel,
                (f32::from(row) + 0.5) * pixel,
            );
            pixels.extend(palette.colour(at, pixel).map(to_byte));
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, size.into(), size.into());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}

impl Palette {
    fn of(portrait: Portrait) -> Self {
        let (from, to, clothes, skin, hair) = match portrait {
            Portrait::Sea => (
                [0x9f, 0xd8, 0xe8],
                [0x3a, 0x7c, 0xa5],
                [0x16, 0x42, 0x5b],
                [0xe8, 0xc1, 0xa0],
                [0x4a, 0x2c, 0x2a],
            ),
            Portrait::Dusk => (
                [0xf6, 0xc1, 0xa6],
                [0x8e, 0x6c, 0xb5],
                [0x3d, 0x31, 0x5b],
                [0xf2, 0xd3, 0xbc],
                [0xb5, 0x6b, 0x3a],
            ),
            Portrait::Moss => (
                [0xdd, 0xe8, 0xb9],
                [0x5f, 0x8d, 0x4e],
                [0x28, 0x54, 0x30],
                [0xc6, 0x8b, 0x64],
                [0x1f, 0x1a, 0x17],
            ),
            Portrait::Ember => (
                [0xff, 0xd9, 0xa0],
                [0xd8, 0x57, 0x2a],
                [0x6f, 0x1d, 0x1b],
                [0x9c, 0x66, 0x44],
                [0x15, 0x12, 0x10],
            ),
            Portrait::Plum => (
                [0xf3, 0xc6, 0xe0],
                [0x8b, 0x3f, 0x78],
                [0x4a, 0x1e, 0x47],
                [0xd9, 0xa0, 0x7b],
                [0x2b, 0x1b, 0x2e],
            ),
            Portrait::Sand => (
                [0xf4, 0xea, 0xd5],
                [0xc2, 0xa0, 0x6b],
                [0x5c, 0x4a, 0x32],
                [0xf0, 0xc8, 0xa8],
                [0xc9, 0x9a, 0x4b],
            ),
        };
        Self {
            backdrop: [colour(from), colour(to)],
            clothes: colour(clothes),
            skin: colour(skin),
            hair: colour(hair),
        }
    }

    fn colour(&self, at: (f32, f32), pixel: f32) -> Colour {
        let [from, to] = self.backdrop;
        let shade = self.skin.map(|part| part * 0.88);
        let layers = [
            (HAIR, self.hair),
            (NECK, shade),
            (SHOULDERS, self.clothes),
            (FACE, self.skin),
        ];
        let backdrop = mix(from, to, f32::midpoint(at.0, at.1));
        layers.iter().fold(backdrop, |under, (shape, paint)| {
            mix(under, *paint, shape.covers(at, pixel))
        })
    }
}

impl Ellipse {
    /// How much of the pixel at `at` the shape covers, from 0 to 1: its edge is one pixel wide.
    fn covers(&self, at: (f32, f32), pixel: f32) -> f32 {
        let x = (at.0 - self.centre.0) / self.radii.0;
        let y = (at.1 - self.centre.1) / self.radii.1;
        let beyond = (x.hypot(y) - 1.0) * self.radii.0.min(self.radii.1);
        (0.5 - beyond / pixel).clamp(0.0, 1.0)
    }
}

fn mix(from: Colour, to: Colour, share: f32) -> Colour {
    [0, 1, 2].map(|part| from[part] + (to[part] - from[part]) * share)
}

fn colour(rgb: [u8; 3]) -> Colour {
    rgb.map(f32::from)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of a byte"
)]
fn to_byte(part: f32) -> u8 {
    part.round().clamp(0.0, 255.0) as u8
}
