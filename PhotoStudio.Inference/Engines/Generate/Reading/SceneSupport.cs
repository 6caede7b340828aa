using System.Collections.Frozen;

namespace PhotoStudio.Inference.Engines.Generate.Reading;

/// <summary>Which concepts each kind of picture shows.</summary>
internal static class SceneSupport
{
    private static readonly FrozenSet<string> Light = Set(
        "sunrise morning day golden-hour sunset dusk night sun moon full-moon crescent stars milky-way shooting-star cloud clear-sky sky "
        + "overcast storm lightning rain snowfall snow fog mist rainbow aurora firework spring summer autumn winter");

    private static readonly FrozenSet<string> Land = Set(
        "mountain hill valley canyon cliff volcano glacier desert dune sand island beach coast sea wave lake river waterfall water reflection "
        + "field meadow grass wheat rice-terrace farm garden forest jungle");

    private static readonly FrozenSet<string> Things = Set(
        "tree pine palm birch willow cypress cherry-blossom bamboo cactus bush rock flower rose tulip sunflower lavender poppy daisy lotus "
        + "house cabin barn roof village city street castle tower church temple pyramid lighthouse windmill bridge road fence lantern tent campfire "
        + "boat sailboat ship balloon kite bird eagle swan duck horse dog cat wolf fox deer cow sheep elephant giraffe camel bear rabbit "
        + "butterfly firefly whale dolphin person woman child couple fisherman rider dancer old-man old-woman dress hat galaxy");

    private static readonly FrozenSet<string> Moods = Set("calm dramatic dreamy cozy lonely happy");

    private static readonly FrozenDictionary<SceneKind, FrozenSet<string>> Shown = new Dictionary<SceneKind, FrozenSet<string>>
    {
        [SceneKind.Landscape] = Join(Light, Land, Things, Moods),
        [SceneKind.Space] = Join(Set("space galaxy nebula planet saturn earth astronaut rocket stars milky-way sun moon shooting-star sky night"), Moods),
        [SceneKind.StillLife] = Join(Set(
            "still-life table vase bouquet bowl fruit apple orange-fruit pear lemon grape bottle glass cup candle book bread flower rose tulip "
            + "sunflower daisy lavender poppy cherry-blossom morning night"), Moods),
        [SceneKind.Portrait] = Join(Set(
            "portrait hair eyes dress hat glasses beard smile woman person child old-man old-woman flower rose sun moon sunset night stars sea mountain forest"), Moods),
        [SceneKind.Pattern] = Join(Set("pattern mandala tiles stripes dots hexagon scales geometric triangle circles lines spiral flower wave stars"), Moods),
        [SceneKind.Abstract] = Join(Set("abstract geometric fluid color-field circles lines spiral triangle wave"), Moods, Set("sea fog night sunset")),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Colorless = Set(
        "sunrise morning day golden-hour sunset dusk night clear-sky overcast storm lightning rain snowfall fog mist rainbow spring summer "
        + "autumn winter calm dramatic dreamy cozy lonely happy reflection valley abstract geometric fluid color-field pattern mandala tiles "
        + "stripes dots hexagon scales circles lines spiral triangle space still-life portrait firework");

    /// <summary>Whether a kind of picture shows a concept.</summary>
    public static bool Shows(SceneKind kind, string concept) => Shown[kind].Contains(concept);

    /// <summary>Whether a concept makes the picture a landscape.</summary>
    public static bool IsLandscape(string concept) => Land.Contains(concept) || Things.Contains(concept) && concept is not
        ("flower" or "rose" or "tulip" or "sunflower" or "daisy" or "galaxy" or "person" or "woman" or "child" or "old-man" or "old-woman" or "lavender" or "poppy" or "lantern");

    /// <summary>Whether a colour beside a concept is the concept's own rather than the whole picture's.</summary>
    public static bool TakesColor(SceneKind kind, string concept) => Shows(kind, concept) && !Colorless.Contains(concept);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenSet<string> Join(params FrozenSet<string>[] sets) => sets.SelectMany(set => set).ToFrozenSet(StringComparer.Ordinal);
}
