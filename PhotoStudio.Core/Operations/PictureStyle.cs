namespace PhotoStudio.Core.Operations;

/// <summary>The styles that the studio can paint a picture in.</summary>
public enum PictureStyle
{
    /// <summary>Oil paint: bristle strokes that follow the forms, thick paint in raking light, on linen.</summary>
    Oil,

    /// <summary>Impressionism: short broken touches of bright, varied colour over a warm ground.</summary>
    Impressionist,

    /// <summary>Watercolour: transparent washes with dark rims, pigment that settles in rough paper, white left standing.</summary>
    Watercolor,

    /// <summary>Soft pastel: chalky strokes on the tooth of toned paper.</summary>
    Pastel,

    /// <summary>Graphite pencil: outlines and hatching that grows denser with the tone.</summary>
    Pencil,

    /// <summary>Coloured pencils: hatched layers of pure colours on white paper.</summary>
    ColoredPencil,

    /// <summary>Charcoal: smudged masses of black, broad lines, coarse paper.</summary>
    Charcoal,

    /// <summary>Pen and ink: contour lines, cross-hatching and solid blacks.</summary>
    Ink,

    /// <summary>Sketch and wash: loose sepia lines with light watercolour that does not quite fill them.</summary>
    SketchAndWash,

    /// <summary>Woodcut: black and paper only, gouge marks along the forms.</summary>
    Woodcut,

    /// <summary>Engraving: fine swelling lines that bend over the forms, as on banknotes.</summary>
    Engraving,

    /// <summary>Cartoon: flat strong colours in few tones with bold outlines.</summary>
    Cartoon,

    /// <summary>Anime: clean cel shading, luminous colours, fine dark lines and a glow in the lights.</summary>
    Anime,

    /// <summary>Poster: a handful of flat colours in broad shapes, as silk-screened.</summary>
    Poster,

    /// <summary>Comic: thick black outlines, flat colours and coloured halftone dots on newsprint.</summary>
    Comic,

    /// <summary>Pop art: loud flat colours in place of the picture's own, with dots and black contours.</summary>
    PopArt,

    /// <summary>Risograph: two or three spot inks, grainy and printed slightly out of register.</summary>
    Risograph,

    /// <summary>Pointillism: dots of pure colours that mix in the eye.</summary>
    Pointillism,

    /// <summary>Mosaic: stone tiles set along the edges, with grout between them.</summary>
    Mosaic,

    /// <summary>Stained glass: panes of glowing glass in dark lead.</summary>
    StainedGlass,

    /// <summary>Low poly: flat triangles, fine where the picture is.</summary>
    LowPoly,

    /// <summary>Pixel art: large square pixels from a small palette.</summary>
    PixelArt,

    /// <summary>Cyanotype: a contact print in Prussian blue on brushed paper.</summary>
    Cyanotype,

    /// <summary>Vintage film: faded tones, crossed colours, grain, halation and a light leak.</summary>
    VintageFilm,

    /// <summary>Noir: hard black and white film with deep shadows and grain.</summary>
    Noir,

    /// <summary>Neon: glowing tubes along the contours in the dark.</summary>
    Neon,

    /// <summary>Candy: bright sweets in swirls; painted by a trained network.</summary>
    Candy,

    /// <summary>Rain princess: broad knife strokes of glowing colours, after Leonid Afremov; painted by a trained network.</summary>
    RainPrincess,

    /// <summary>Udnie: dark cubist planes, after Francis Picabia; painted by a trained network.</summary>
    Udnie,
}
