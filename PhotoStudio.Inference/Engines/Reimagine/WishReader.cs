using System.Globalization;
using System.Text;
using System.Text.Json;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>
/// Finds in a prompt what can be done, by a list of words in English, Spanish and Vietnamese. Accents and case do not matter, the longest
/// phrase wins, and what stands after "not" or "without" is not wished for.
/// </summary>
internal static class WishReader
{
    private const int LongestPhrase = 3;

    private static readonly Dictionary<char, char> Accents = MakeAccents();
    private static readonly Dictionary<string, Func<Wishes, Wishes>> Phrases = Make();

    private static readonly HashSet<string> Negations = new(StringComparer.Ordinal) { "not", "no", "without", "sin", "khong" };

    // Words that carry no wish of their own.
    private static readonly HashSet<string> Plain = new(
        ("a an the and or with in on at of to as it its is be make made turn into like look looks looking picture photo image scene this that "
        + "my me please very more some style styled light lighting mood atmosphere feel feeling tones tone colors colours color colour "
        + "background sky weather time day season beautiful nice reimagine imagine version during under from by for but painting painted art "
        + "un una el la los las de del en con y o estilo foto imagen como al luz color colores fondo hora muy "
        + "mot va voi trong cua theo phong cach anh buc hinh mau sac troi nen nhu rat").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Reads a prompt.</summary>
    public static Wishes Read(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var words = Words(prompt);
        var wishes = Wishes.None;
        var unmet = new List<string>();
        var negated = false;
        for (var i = 0; i < words.Count;)
        {
            if (Negations.Contains(words[i].Plain))
            {
                negated = true;
                i++;
                continue;
            }

            var length = Math.Min(LongestPhrase, words.Count - i);
            while (length > 0 && !Phrases.ContainsKey(string.Join(' ', words.Skip(i).Take(length).Select(word => word.Plain)))) length--;
            if (length > 0)
            {
                if (!negated) wishes = Phrases[string.Join(' ', words.Skip(i).Take(length).Select(word => word.Plain))](wishes);
                negated = false;
                i += length;
                continue;
            }

            if (!Plain.Contains(words[i].Plain) && !unmet.Contains(words[i].Written, StringComparer.OrdinalIgnoreCase))
            {
                if (!negated) unmet.Add(words[i].Written);
                negated = false;
            }

            i++;
        }

        return wishes with { Unmet = unmet };
    }

    private static List<(string Written, string Plain)> Words(string text)
    {
        var words = new List<(string, string)>();
        var word = new StringBuilder();
        foreach (var c in text + " ")
        {
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                words.Add((word.ToString(), Unaccented(word.ToString())));
                word.Clear();
            }
        }

        return words;
    }

    // By a table: the process runs without ICU, so text cannot be decomposed.
    private static string Unaccented(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var c in word.ToLowerInvariant())
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) plain.Append(Accents.GetValueOrDefault(c, c));
        return plain.ToString();
    }

    private static Dictionary<char, char> MakeAccents()
    {
        var accents = new Dictionary<char, char>();
        foreach (var letters in (string[])
            [
                "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữựü", "yỳýỷỹỵ", "dđ", "nñ",
            ])
        {
            foreach (var letter in letters[1..]) accents[letter] = letters[0];
        }

        return accents;
    }

    private static Dictionary<string, Func<Wishes, Wishes>> Make()
    {
        var phrases = new Dictionary<string, Func<Wishes, Wishes>>(StringComparer.Ordinal);
        void Add(string words, Func<Wishes, Wishes> wish)
        {
            foreach (var phrase in words.Split(',')) phrases[phrase.Trim()] = wish;
        }

        void Light(string words, string mood) => Add(words, wishes => wishes with { Mood = Mood.Get(mood) });
        Light("golden hour, golden light, golden, warm, warmer, warm light, sunny, sunshine, sunlight, calido, dorada, nang, am ap", "golden hour");
        Light("sunset, dusk, evening, atardecer, hoang hon, chieu ta", "sunset");
        Light("blue hour, twilight, crepusculo, chang vang", "blue hour");
        Light("night, midnight, moonlight, starry, stars, starry night, noche, dem, ban dem, sao", "night");
        Light("dawn, sunrise, morning, amanecer, manana, binh minh, buoi sang", "misty dawn");
        Light("overcast, cloudy, gray, grey, nublado, am u, nhieu may", "overcast");
        Light("storm, stormy, thunderstorm, dramatic, tormenta, dramatico, bao, giong bao", "storm light");
        Light("neon night, cyberpunk, futuristic, synthwave, ciberpunk", "neon night");
        Light("pastel, dreamy, dream, soft, fairytale, ethereal, romantic, sueno, mo mong, lang man", "pastel dream");
        Light("cinematic, cinema, movie, film look, teal and orange, teal orange, cine, dien anh", "teal and orange");
        Light("sepia, nostalgic, gold, retro, co dien", "old gold");
        Light("cold, cool, cooler, blue, moody, frio, azul, lanh, xanh duong", "steel blue");
        Light("rose, pink, pink light, rosa, hong", "rose light");
        Light("forest, green, emerald, jungle, verde, bosque, rung, xanh la", "emerald shade");
        Light("desert, hot, mars, dune, desierto, sa mac", "desert heat");
        Light("arctic, icy, ice, frozen, artico, bang gia", "arctic light");

        void Falls(string words, Weather weather) => Add(words, wishes => wishes with { Weather = weather });
        Falls("rain, rainy, raining, lluvia, lluviosa, lluvioso, mua", Weather.Rain);
        Falls("fog, foggy, mist, misty, haze, hazy, niebla, suong mu", Weather.Fog);
        Falls("clear, clear sky, despejado, troi quang", Weather.Clear);
        Add("rainy night, noche lluviosa, dem mua", wishes => wishes with { Weather = Weather.Rain, Mood = Mood.Get("night") });
        Add("snow, snowy, snowing, snowfall, nieve, nevado, tuyet", wishes => wishes with { Weather = Weather.Snow, Mood = wishes.Mood ?? Mood.Get("arctic light") });

        void Year(string words, Season season, string mood) =>
            Add(words, wishes => wishes with { Season = season, Mood = wishes.Mood ?? Mood.Get(mood) });
        Year("spring, primavera, mua xuan", Season.Spring, "misty dawn");
        Year("summer, verano, mua he", Season.Summer, "golden hour");
        Year("autumn, fall, autumnal, otono, mua thu", Season.Autumn, "golden hour");
        Year("winter, wintry, invierno, mua dong", Season.Winter, "arctic light");

        void Behind(string words, Backdrop backdrop) => Add(words, wishes => wishes with { Backdrop = backdrop });
        Behind("blurred, blurry, blurred background, bokeh, shallow focus, out of focus, desenfocado, fondo desenfocado, xoa phong", Backdrop.Blurred);
        Behind("studio, studio background, plain background, fondo liso, phong trang", Backdrop.Studio);
        Behind("spotlight, low key, dark background, fondo oscuro, nen toi", Backdrop.Spotlight);
        Behind("painted background, fondo pintado", Backdrop.Painted);
        Behind("duotone, two colors, two colours", Backdrop.Duotone);
        Add("mirrored, mirror, flipped, espejo, lat nguoc", wishes => wishes with { Mirrored = true });

        void Medium(string words, PictureStyle style) => Add(words, wishes => wishes with { Style = style });
        foreach (var style in Enum.GetValues<PictureStyle>().Where(style => style is not PictureStyle.Pastel && !Core.Operations.StyleTransfer.TrainedStyles.Contains(style)))
            Medium(JsonNamingPolicy.KebabCaseLower.ConvertName(style.ToString()).Replace('-', ' '), style);

        Medium("oil painting, oleo, pintura al oleo, son dau, tranh son dau", PictureStyle.Oil);
        Medium("impressionism, monet, van gogh, impresionista, an tuong", PictureStyle.Impressionist);
        Medium("watercolour, aquarelle, acuarela, mau nuoc", PictureStyle.Watercolor);
        Medium("pastels, pastel painting, soft pastel", PictureStyle.Pastel);
        Medium("pencil sketch, pencil drawing, sketch, drawing, lapiz, dibujo, but chi, ve chi, phac hoa", PictureStyle.Pencil);
        Medium("ink drawing, tinta, muc", PictureStyle.Ink);
        Medium("manga, ghibli, hoat hinh", PictureStyle.Anime);
        Medium("caricatura, dibujo animado", PictureStyle.Cartoon);
        Medium("comic book, halftone, truyen tranh", PictureStyle.Comic);
        Medium("popart, warhol", PictureStyle.PopArt);
        Medium("pointillist, pixel, 8 bit, pixelated", PictureStyle.PixelArt);
        Medium("pointillist, puntillismo", PictureStyle.Pointillism);
        Medium("vintage, film, analog, vintage photo, antigua", PictureStyle.VintageFilm);
        Medium("film noir, black and white, monochrome, blanco y negro, den trang", PictureStyle.Noir);
        Medium("mosaico, kham", PictureStyle.Mosaic);
        Medium("vitral, kinh mau", PictureStyle.StainedGlass);
        return phrases;
    }
}
