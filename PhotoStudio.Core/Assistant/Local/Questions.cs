namespace PhotoStudio.Core.Assistant.Local;

/// <summary>The one short question for what a step lacks.</summary>
internal static class Questions
{
    /// <summary>The question for a gap.</summary>
    public static string For(AssistantStep step, AssistantGap gap, Pictures pictures, AssistantTexts texts) => gap.Name switch
    {
        "image" => texts.Get("ask.image"),
        "source" => texts.Get(step.Inputs.Count == 0 && !pictures.Attached.Any() ? "ask.images" : "ask.source"),
        "target" => texts.Get("ask.target"),
        "mask" => step.Region is { } region ? texts.Get("ask.region-named", region) : texts.Get("ask.region"),
        "consent" => texts.Get("ask.consent"),
        "prompt" => texts.Get(step.Operation == "edit" ? "ask.edit" : "ask.prompt"),
        "style" => texts.Get("ask.style"),
        "background" => texts.Get("ask.background"),
        "angle" => texts.Get("ask.angle"),
        "output_format" => texts.Get("ask.format"),
        "aspect_ratio" => texts.Get(step.Operation == "expand" ? "ask.expand" : "ask.crop"),
        "width" => texts.Get("ask.size"),
        _ => texts.Get(step.Operation == "adjust" ? "ask.adjust" : "ask.edit"),
    };
}
